package dev.weir.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/**
 * The schema of one of the operator's resources, strict as an API server with --validate=strict: a field that it does not know is an
 * error. It is that of the newest operator on Maven Central, 1.10, with the Flink versions of 1.15; what else 1.15 changed only
 * allows more.
 */
final class CrdSchema {
    static final List<String> NEWER_FLINK = List.of("v2_0", "v2_1", "v2_2");

    private final JsonSchema schema;

    private CrdSchema(JsonSchema schema) {
        this.schema = schema;
    }

    /** Of {@code FlinkDeployment}, {@code FlinkSessionJob} or {@code FlinkStateSnapshot}. */
    static CrdSchema of(String kind) {
        ObjectNode node = crd(kind)
                .path("spec")
                .path("versions")
                .path(0)
                .path("schema")
                .path("openAPIV3Schema")
                .deepCopy();
        if (kind.equals("FlinkDeployment")) {
            ArrayNode versions = (ArrayNode) node.at("/properties/spec/properties/flinkVersion/enum");
            NEWER_FLINK.forEach(versions::add);
        }
        ObjectNode properties = (ObjectNode) node.path("properties");
        properties.putObject("apiVersion").put("const", "flink.apache.org/v1beta1");
        properties.putObject("kind").put("const", kind);
        ObjectNode metadata = properties.putObject("metadata").put("type", "object");
        ObjectNode known = metadata.putObject("properties");
        for (String text : List.of("name", "namespace")) {
            known.putObject(text).put("type", "string");
        }
        for (String texts : List.of("labels", "annotations")) {
            known.putObject(texts)
                    .put("type", "object")
                    .putObject("additionalProperties")
                    .put("type", "string");
        }
        node.putArray("required").add("apiVersion").add("kind").add("metadata").add("spec");
        tighten(node);
        return new CrdSchema(
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(node));
    }

    /** The CustomResourceDefinition as the operator ships it. */
    static JsonNode crd(String kind) {
        String name = "/META-INF/fabric8/" + kind.toLowerCase(Locale.ROOT) + "s.flink.apache.org-v1.yml";
        try (InputStream in = CrdSchema.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException(name);
            }
            return new YAMLMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each problem with its path; empty if the resource is valid. */
    List<String> problems(JsonNode resource) {
        return schema.validate(resource).stream()
                .map(ValidationMessage::getMessage)
                .sorted()
                .toList();
    }

    /** From OpenAPI as Kubernetes uses it to JSON Schema. */
    private static void tighten(JsonNode node) {
        if (node instanceof ObjectNode object) {
            boolean free = object.path("x-kubernetes-preserve-unknown-fields").asBoolean();
            if (object.path("properties").isObject() && !free) {
                object.put("additionalProperties", false);
            }
            if (object.path("x-kubernetes-int-or-string").asBoolean()) {
                object.putArray("type").add("integer").add("string");
                object.remove("anyOf");
            } else if (object.path("nullable").asBoolean()
                    && object.path("type").isTextual()) {
                String type = object.path("type").asText();
                object.putArray("type").add(type).add("null");
            }
            if (object.path("format").isTextual()) {
                object.remove("format");
            }
        }
        node.forEach(CrdSchema::tighten);
    }
}
