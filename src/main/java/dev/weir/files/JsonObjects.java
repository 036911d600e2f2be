package dev.weir.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.weir.files.Announcements.FaultException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the JSON of announcements. Without the place in its messages, which would repeat the record. */
final class JsonObjects {
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .build();

    private JsonObjects() {}

    /** Returns the one object that the record is. */
    static JsonNode one(byte[] value) throws IOException, FaultException {
        List<JsonNode> all = all(value);
        if (all.size() != 1) {
            throw new FaultException(all.isEmpty() ? "empty" : "more than one JSON value");
        }
        return all.get(0);
    }

    /** Returns the objects that follow each other in the record. */
    static List<JsonNode> all(byte[] value) throws IOException, FaultException {
        if (value == null) {
            throw new FaultException("tombstone");
        }
        List<JsonNode> all = new ArrayList<>();
        try (JsonParser parser = MAPPER.createParser(value)) {
            while (parser.nextToken() != null) {
                JsonNode node = MAPPER.readTree(parser);
                if (!node.isObject()) {
                    throw new FaultException("not a JSON object");
                }
                all.add(node);
            }
        }
        return all;
    }
}
