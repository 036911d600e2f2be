package dev.weir.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.FallbackKey;

/** Every option that the Flink of this build knows, found in its jars. */
public final class FlinkOptionsOnClasspath {
    private static final Pattern FLINK_JAR = Pattern.compile("flink-(?!connector-).*(?<!-tests)\\.jar");
    private static final Pattern OPTIONS = Pattern.compile("org/apache/flink/.*Options\\.class");

    /** What the Prometheus reporter itself reads; it declares no options. */
    private static final List<String> OF_PROMETHEUS = List.of("port", "filterLabelValueCharacters");

    private FlinkOptionsOnClasspath() {}

    /**
     * By key, and by the older keys that Flink still follows.
     *
     * @param reporters the names in {@code metrics.reporters}: a reporter's options hold its name
     */
    public static Map<String, ConfigOption<?>> byKey(List<String> reporters) {
        Map<String, ConfigOption<?>> present = new HashMap<>();
        Map<String, ConfigOption<?>> older = new HashMap<>();
        Consumer<ConfigOption<?>> add = option -> {
            present.put(option.key(), option);
            for (FallbackKey key : option.fallbackKeys()) {
                older.put(key.getKey(), option);
            }
        };
        declarations().forEach(field -> {
            if (field.getName().startsWith("REPORTER_")) {
                reporters.forEach(
                        name -> add.accept(ofReporter(name, option(field).key())));
            } else {
                add.accept(option(field));
            }
        });
        for (String name : reporters) {
            OF_PROMETHEUS.forEach(key -> add.accept(ofReporter(name, key)));
        }
        older.forEach(present::putIfAbsent);
        return present;
    }

    private static ConfigOption<?> ofReporter(String name, String key) {
        return ConfigOptions.key("metrics.reporter." + name + "." + key)
                .stringType()
                .noDefaultValue();
    }

    private static Stream<Field> declarations() {
        String classpath = System.getProperty("java.class.path");
        return Arrays.stream(classpath.split(Pattern.quote(File.pathSeparator), -1))
                .filter(jar ->
                        FLINK_JAR.matcher(Path.of(jar).getFileName().toString()).matches())
                .flatMap(FlinkOptionsOnClasspath::classes)
                .flatMap(FlinkOptionsOnClasspath::declarations);
    }

    private static Stream<String> classes(String jar) {
        try (JarFile file = new JarFile(jar)) {
            return file.stream()
                    .map(ZipEntry::getName)
                    .filter(OPTIONS.asMatchPredicate())
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Field> declarations(String name) {
        try {
            Class<?> type = Class.forName(name, false, FlinkOptionsOnClasspath.class.getClassLoader());
            return Arrays.stream(type.getFields())
                    .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == ConfigOption.class);
        } catch (ClassNotFoundException | NoClassDefFoundError e) {
            return Stream.empty(); // of a part that is not on this classpath
        }
    }

    private static ConfigOption<?> option(Field field) {
        try {
            return (ConfigOption<?>) field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
