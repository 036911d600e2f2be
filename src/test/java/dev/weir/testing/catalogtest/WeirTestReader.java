package dev.weir.testing.catalogtest;

import dev.weir.config.ConfigurationException;
import dev.weir.config.parse.Problems;
import dev.weir.config.parse.YamlNode;
import dev.weir.config.parse.YamlParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads a test file, or finds all problems in it, each with its line. */
public final class WeirTestReader {
    private static final List<String> KEYS = List.of("catalog", "options", "given", "expected", "windows");
    private static final String VERDICT_OPTIONS = "weir\\.time\\..+|weir\\.windows|weir\\.state\\.retention";

    private WeirTestReader() {}

    /** @throws ConfigurationException with every problem */
    public static WeirTestFile read(Path path) throws IOException {
        Problems problems = new Problems();
        YamlNode.Mapping root = YamlParser.parse(path.toString(), Files.readString(path), problems);
        if (root == null) {
            throw new ConfigurationException(problems.list());
        }
        Keys file = new Keys(path.toString(), root, problems, KEYS);
        Path directory = path.toAbsolutePath().getParent();
        Map<String, String> options = options(file);
        GivenReader given = new GivenReader(directory);
        given.read(file);
        ExpectedReader expected = new ExpectedReader(given.events().size());
        expected.read(file);
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems.list());
        }
        return new WeirTestFile(
                path,
                directory.resolve(file.has("catalog") ? file.text("catalog") : "catalog.yaml"),
                options,
                List.copyOf(given.events()),
                Map.copyOf(given.schemas()),
                List.copyOf(expected.readings()),
                List.copyOf(expected.rejects()),
                List.copyOf(expected.windows()));
    }

    private static Map<String, String> options(Keys file) {
        Keys options = file.below("options", List.of());
        for (String key : options.names()) {
            if (!key.matches(VERDICT_OPTIONS)) {
                options.problem(
                        key,
                        "decides no verdict",
                        "remove it: only weir.time.*, weir.windows and weir.state.retention do");
            }
        }
        return options.texts();
    }
}
