package dev.weir.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.registry.RegistryHttp.Answer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Confluent's protocol: {@code /schemas/ids/{id}}, and {@code /subjects/{subject}/versions/{version}} for what a schema refers to
 * (docs.confluent.io, Schema Registry API Reference). Karapace, Redpanda and Apicurio, at {@code /apis/ccompat/}, speak it as well.
 */
final class ConfluentProtocol implements RegistryProtocol {
    /** Error codes for a subject, a version and a schema that do not exist. Other paths that do not exist have none of them. */
    private static final Set<Integer> NOT_FOUND = Set.of(40401, 40402, 40403);

    private final RegistryHttp http;

    ConfluentProtocol(RegistryHttp http) {
        this.http = http;
    }

    @Override
    public List<String> schema(long id) throws UnusableSchemaException {
        if (id > Integer.MAX_VALUE) {
            throw new UnusableSchemaException("schema id " + id + " is none that the registry gives");
        }
        List<String> texts = new ArrayList<>();
        add("/schemas/ids/" + id, "schema " + id, texts, new HashSet<>());
        return texts;
    }

    private void add(String path, String name, List<String> texts, Set<String> seen) throws UnusableSchemaException {
        Answer answer = http.get(path);
        if (answer.status() == 404
                && NOT_FOUND.contains(answer.json().path("error_code").asInt())) {
            throw new UnusableSchemaException("the schema registry has no " + name);
        }
        answer.requireGood();
        JsonNode schema = answer.json();
        String type = schema.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw new UnusableSchemaException(name + " is not Avro but " + type);
        }
        if (!schema.path("schema").isTextual()) {
            throw answer.noRegistry();
        }
        for (JsonNode reference : schema.path("references")) {
            String subject = reference.path("subject").asText();
            String version = reference.path("version").asText();
            String referred =
                    "/subjects/" + RegistryHttp.encoded(subject) + "/versions/" + RegistryHttp.encoded(version);
            if (seen.add(referred)) {
                String called = "version " + version + " of subject " + subject + ", which " + name + " refers to";
                // A subject that was deleted may still be referred to.
                add(referred + "?deleted=true", called, texts, seen);
            }
        }
        texts.add(schema.path("schema").asText());
    }
}
