package dev.weir.config.parse;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Parses a file into nodes with lines. It uses the node tree only, before YAML 1.1 turns {@code on} and {@code no} into booleans, so that
 * every scalar stays the text that was written.
 */
public final class YamlParser {
    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
    /** Far deeper than any real file. Ends the recursion of an alias that contains itself. */
    private static final int MAX_DEPTH = 32;

    private final String file;
    private final Problems problems;

    private YamlParser(String file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    /**
     * Returns the file's mapping, empty for an empty file; null after a problem that leaves nothing to read. Duplicate
     * keys are problems.
     */
    public static YamlNode.Mapping parse(String file, String text, Problems problems) {
        YamlParser parser = new YamlParser(file, problems);
        try {
            Node root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(text));
            if (root == null) {
                return new YamlNode.Mapping(1, Map.of());
            }
            if (parser.convert(root, 0) instanceof YamlNode.Mapping mapping) {
                return mapping;
            }
            problems.add(
                    file + ":" + line(root), "the file must hold key: value pairs", "write each option as key: value");
        } catch (MarkedYAMLException e) {
            YamlFault fault = YamlFault.of(e, text);
            problems.add(file + ":" + fault.line(), "not YAML: " + fault.message(), fault.cure());
        } catch (YAMLException e) {
            problems.add(file, "not YAML: " + e.getMessage(), "correct the file");
        }
        return null;
    }

    private YamlNode convert(Node node, int depth) {
        if (depth > MAX_DEPTH) {
            throw new YAMLException("nested deeper than " + MAX_DEPTH + " at line " + line(node));
        }
        if (node instanceof MappingNode mapping) {
            return mapping(mapping, depth);
        }
        if (node instanceof SequenceNode sequence) {
            List<YamlNode> items = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                items.add(convert(item, depth + 1));
            }
            return new YamlNode.Sequence(line(node), List.copyOf(items));
        }
        ScalarNode scalar = (ScalarNode) node;
        boolean plain = scalar.getScalarStyle() == ScalarStyle.PLAIN;
        return new YamlNode.Scalar(line(node), scalar.getValue(), plain, plain && NULLS.contains(scalar.getValue()));
    }

    private YamlNode.Mapping mapping(MappingNode mapping, int depth) {
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            int line = line(tuple.getKeyNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode scalar)) {
                problems.add(file + ":" + line, "a key must be a text", "write key: value");
                continue;
            }
            String key = scalar.getValue();
            YamlNode.Entry entry = new YamlNode.Entry(line, convert(tuple.getValueNode(), depth + 1));
            YamlNode.Entry first = entries.putIfAbsent(key, entry);
            if (first != null) {
                problems.add(
                        file + ":" + line,
                        "key " + key + " is already set on line " + first.line(),
                        "keep one of the two");
            }
        }
        return new YamlNode.Mapping(line(mapping), Collections.unmodifiableMap(entries));
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }
}
