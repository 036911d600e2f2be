package dev.weir.config.parse;

import java.util.List;
import java.util.Map;

/** A value in a YAML file that knows its line (the first is 1). Scalars are texts, which the reader of a key interprets. */
public sealed interface YamlNode {
    int line();

    /** @param empty whether the value is absent, {@code ~} or {@code null}, without quotes */
    record Scalar(int line, String text, boolean empty) implements YamlNode {}

    record Sequence(int line, List<YamlNode> items) implements YamlNode {}

    /** @param entries in the file's order */
    record Mapping(int line, Map<String, Entry> entries) implements YamlNode {}

    /** @param line line of the key */
    record Entry(int line, YamlNode value) {}
}
