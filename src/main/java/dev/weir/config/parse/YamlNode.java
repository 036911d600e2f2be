package dev.weir.config.parse;

import java.util.List;
import java.util.Map;

/** A value in a YAML file that knows its line (the first is 1). Scalars are texts, which the reader of a key interprets. */
public sealed interface YamlNode {
    int line();

    /**
     * A text, a number or any other single value.
     *
     * @param plain whether it stands without quotes and not in a block, so that it may be a number, a boolean or null
     * @param empty whether the value is absent, {@code ~} or {@code null}, without quotes
     */
    record Scalar(int line, String text, boolean plain, boolean empty) implements YamlNode {}

    record Sequence(int line, List<YamlNode> items) implements YamlNode {}

    /** @param entries in the file's order */
    record Mapping(int line, Map<String, Entry> entries) implements YamlNode {}

    /** @param line line of the key */
    record Entry(int line, YamlNode value) {}
}
