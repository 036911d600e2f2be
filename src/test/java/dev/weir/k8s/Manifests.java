package dev.weir.k8s;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The resources of one rendered kustomization. */
record Manifests(List<ObjectNode> all) {
    static final String FLINK_CONFIGURATION = "flinkConfiguration";

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Of a kustomization's committed rendering: its folder, from k8s-operator/. */
    static Manifests of(String kustomization) throws IOException {
        return parse(Files.readString(Rendering.committed(kustomization)));
    }

    static Manifests parse(String yaml) throws IOException {
        List<ObjectNode> all = new ArrayList<>();
        YAMLMapper documents = YAML.copy();
        documents.disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        try (var values = documents.readerFor(ObjectNode.class).<ObjectNode>readValues(yaml)) {
            values.forEachRemaining(all::add);
        }
        return new Manifests(List.copyOf(all));
    }

    static ObjectNode read(Path file) throws IOException {
        return (ObjectNode) YAML.readTree(Files.readString(file));
    }

    static String write(JsonNode node) {
        try {
            return YAML.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    Stream<ObjectNode> ofKind(String kind) {
        return all.stream().filter(one -> one.path("kind").asText().equals(kind));
    }

    /** The one of that kind. */
    ObjectNode one(String kind) {
        List<ObjectNode> found = ofKind(kind).toList();
        if (found.size() != 1) {
            throw new IllegalStateException(found.size() + " of kind " + kind);
        }
        return found.get(0);
    }

    /** The one of that kind and name. */
    ObjectNode one(String kind, String name) {
        return ofKind(kind)
                .filter(one -> name(one).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + kind + " " + name));
    }

    static String name(JsonNode resource) {
        return resource.path("metadata").path("name").asText();
    }

    /** Key to value of {@code spec.flinkConfiguration}; the value is null where a patch removes the key. */
    static Map<String, String> flinkConfiguration(JsonNode resource) {
        Map<String, String> values = new TreeMap<>();
        resource.path("spec").path(FLINK_CONFIGURATION).properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            values.put(entry.getKey(), value.isNull() ? null : value.asText());
        });
        return values;
    }

    /** Label to value. */
    static Map<String, String> texts(JsonNode mapping) {
        Map<String, String> values = new TreeMap<>();
        mapping.properties()
                .forEach(entry -> values.put(entry.getKey(), entry.getValue().asText()));
        return values;
    }
}
