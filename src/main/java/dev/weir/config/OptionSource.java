package dev.weir.config;

import dev.weir.config.parse.Problems;
import dev.weir.config.parse.YamlNode;
import dev.weir.config.parse.YamlParser;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;

/** The effective options as Flink reads them, with the location where each one is set. */
final class OptionSource {
    static final String DEFAULT = "default";
    private static final String FLINK = "Flink's configuration";

    private final Configuration values;
    private final Map<String, String> locations;
    private final String home;
    private final Path directory;

    private OptionSource(Configuration values, Map<String, String> locations, String home, Path directory) {
        this.values = values;
        this.locations = locations;
        this.home = home;
        this.directory = directory;
    }

    /** Reads {@code config.yaml} in the directory, if one is given, and lays the overrides over it. */
    static OptionSource ofDirectory(Path directory, Map<String, String> overrides, Problems problems) {
        Configuration values = new Configuration();
        Map<String, String> locations = new LinkedHashMap<>();
        String home = "command line";
        if (directory != null) {
            Path file = directory.resolve(GlobalConfiguration.FLINK_CONF_FILENAME);
            home = file.toString();
            Map<String, Integer> lines = lines(file, problems);
            if (problems.isEmpty()) {
                values = load(directory, home, problems);
            }
            String prefix = home;
            lines.forEach((key, line) -> locations.put(key, prefix + ":" + line));
        }
        override(values, locations, overrides);
        return new OptionSource(values, locations, home, directory);
    }

    /**
     * Takes the configuration that Flink passes to {@code main}. A key that the directory's file sets to the same value
     * is located at its line. The directory may be null or unreadable.
     */
    static OptionSource ofFlink(Configuration flink, Path directory, Map<String, String> overrides) {
        Configuration values = new Configuration(flink);
        Map<String, String> locations = new LinkedHashMap<>();
        values.keySet().forEach(key -> locations.put(key, FLINK));
        Problems unseen = new Problems();
        if (directory != null) {
            OptionSource file = ofDirectory(directory, Map.of(), unseen);
            for (String key : file.values.keySet()) {
                String text = file.values.getString(key, null);
                if (text != null && text.equals(values.getString(key, null))) {
                    locations.put(key, file.at(key));
                }
            }
        }
        override(values, locations, overrides);
        return new OptionSource(values, locations, FLINK, directory);
    }

    private static void override(Configuration values, Map<String, String> locations, Map<String, String> overrides) {
        overrides.forEach((key, value) -> {
            values.setString(key, value);
            locations.put(key, "-D" + key);
        });
    }

    private static Configuration load(Path directory, String file, Problems problems) {
        try {
            return GlobalConfiguration.loadConfiguration(directory.toString());
        } catch (RuntimeException e) {
            // Flink wraps the faults of its own parser in bare RuntimeExceptions.
            String why = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
            problems.add(file, "Flink cannot read the file: " + why, "correct the file");
            return new Configuration();
        }
    }

    private static Map<String, Integer> lines(Path file, Problems problems) {
        Map<String, Integer> lines = new LinkedHashMap<>();
        try {
            YamlNode.Mapping root = YamlParser.parse(file.toString(), Files.readString(file), problems);
            if (root != null) {
                flatten("", root, lines, file, problems);
            }
        } catch (CharacterCodingException e) {
            problems.add(file.toString(), "is not UTF-8", "save the file as UTF-8");
        } catch (IOException e) {
            String why = Files.exists(file) ? "cannot be read: " + e.getMessage() : "no such file";
            problems.add(file.toString(), why, "name the directory of config.yaml with --conf-dir");
        }
        return lines;
    }

    /** Returns the line of every key that has a value. Nested keys are joined with dots, as Flink does. */
    private static void flatten(
            String prefix, YamlNode.Mapping mapping, Map<String, Integer> lines, Path file, Problems problems) {
        mapping.entries().forEach((name, entry) -> {
            String key = prefix + name;
            if (entry.value() instanceof YamlNode.Mapping nested) {
                flatten(key + ".", nested, lines, file, problems);
            } else if (entry.value() instanceof YamlNode.Scalar scalar && scalar.empty()) {
                // Flink itself fails on such a file without naming key or line.
                problems.add(file + ":" + entry.line(), key + " has no value", "remove the line, or write \"\"");
            } else {
                Integer first = lines.putIfAbsent(key, entry.line());
                if (first != null) {
                    String message = key + " is already set on line " + first;
                    problems.add(file + ":" + entry.line(), message, "keep one of the two");
                }
            }
        });
    }

    Configuration values() {
        return values;
    }

    /** Returns the location where the key is set, or where it would have to be set. */
    String at(String key) {
        return locations.getOrDefault(key, home);
    }

    boolean isSet(String key) {
        return locations.containsKey(key);
    }

    /** Returns where the value comes from, for messages. */
    String origin(String key) {
        return locations.getOrDefault(key, DEFAULT);
    }

    /** Returns the directory of {@code config.yaml}, or null. */
    Path directory() {
        return directory;
    }
}
