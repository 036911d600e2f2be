package dev.weir.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.weir.testing.FlinkProcesses;
import java.io.IOException;
import java.util.OptionalLong;

/** Flink's REST interface as JSON; missing nodes while nobody answers. */
public final class Rest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Rest() {}

    public static JsonNode get(FlinkProcesses flink, String path) {
        try {
            return JSON.readTree(flink.rest(path));
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    static OptionalLong number(JsonNode node) {
        return node.isNumber() ? OptionalLong.of(node.asLong()) : OptionalLong.empty();
    }
}
