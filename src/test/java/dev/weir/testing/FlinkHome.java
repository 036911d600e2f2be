package dev.weir.testing;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;

/** What an unpacked distribution is: {@code lib/}, {@code conf/} with the shipped files, and a way to run its classes. */
final class FlinkHome {
    private static final Path SHIPPED = Path.of("flink-conf");

    /**
     * What a distribution's {@code lib/} holds, alone or inside flink-dist: by name, for the tests' class path has more of Flink's, and
     * what is beside Flink comes before the job's own.
     */
    private static final Pattern OF_THE_DISTRIBUTION = Pattern.compile(
            "flink-(annotations|clients|container|core|core-api|datastream|datastream-api|dstl-dfs|file-sink-common"
                    + "|hadoop-fs|metrics-(core|prometheus)|queryable-state-client-java|rpc-(akka-loader|core)|runtime|runtime-web"
                    + "|shaded-(asm|guava|jackson|netty|zookeeper)|statebackend-(changelog|common|rocksdb)|streaming-java"
                    + "|connector-(files|datagen))-\\d.*(?<!-tests)\\.jar"
                    + "|(frocksdbjni|kryo|minlog|reflectasm|objenesis|javassist|snakeyaml-engine|snappy-java|lz4-java-1\\.8"
                    + "|commons-(cli|codec|collections|compress|io|lang3|math3|text)|jsr305|slf4j-api|log4j)[-.].*");

    private final Path directory;
    private final Path conf;
    private final String lib;
    private final Map<String, String> environment = new HashMap<>();

    private FlinkHome(Path directory, Path conf, String lib) {
        this.directory = directory;
        this.conf = conf;
        this.lib = lib;
        environment.put("FLINK_CONF_DIR", conf.toString());
    }

    /**
     * @param options set in {@code config.yaml} in place of, or besides, what is shipped
     * @param lib the class path of its {@code lib/}
     */
    FlinkHome(Path directory, Map<String, String> options, String lib) throws IOException {
        this(directory, directory.resolve("conf"), lib);
        configure(options);
    }

    /** One that is there, with {@code lib/}, {@code conf/}, {@code plugins/} and {@code usrlib/}; nothing in it changes. */
    static FlinkHome of(Path home, Map<String, String> environment) {
        FlinkHome found = new FlinkHome(home, home.resolve("conf"), home.resolve("lib") + "/*");
        found.environment.put("FLINK_HOME", home.toString());
        found.environment.put("FLINK_LIB_DIR", home.resolve("lib").toString());
        found.environment.put("FLINK_PLUGINS_DIR", home.resolve("plugins").toString());
        found.environment.putAll(environment);
        return found;
    }

    Path conf() {
        return conf;
    }

    Configuration configuration() {
        return GlobalConfiguration.loadConfiguration(conf.toString());
    }

    /** The JVM argument for one of the shipped logging configurations. */
    String logging(String name) {
        return "-Dlog4j.configurationFile=" + conf.resolve(name + ".properties").toUri();
    }

    /** A process runs; both its streams go to the end of the file. */
    Process launch(Path output, List<String> jvm, String main, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(words(configuration().get(CoreOptions.FLINK_JVM_OPTIONS)));
        command.addAll(jvm);
        command.addAll(List.of("-cp", lib, main));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().putAll(environment);
        return builder.start();
    }

    static List<String> words(String text) {
        return List.of(text.strip().split("\\s+", -1));
    }

    private void configure(Map<String, String> options) throws IOException {
        Files.createDirectories(conf);
        try (Stream<Path> files = Files.list(SHIPPED)) {
            for (Path file : files.toList()) {
                Files.copy(file, conf.resolve(file.getFileName()));
            }
        }
        Path yaml = conf.resolve(GlobalConfiguration.FLINK_CONF_FILENAME);
        List<String> lines = new ArrayList<>(Files.readAllLines(yaml, StandardCharsets.UTF_8));
        lines.removeIf(line -> options.keySet().stream().anyMatch(key -> line.startsWith(key + ":")));
        options.forEach((key, value) -> lines.add(key + ": " + value));
        Files.write(yaml, lines, StandardCharsets.UTF_8);
    }

    /** That of the Flink that the tests themselves run with. */
    static String ownLib() {
        return jarsOfTheDistribution().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    /** The jars of {@code lib/} and {@code plugins/metrics-prometheus/}. */
    static List<Path> jarsOfTheDistribution() {
        return jars(OF_THE_DISTRIBUTION);
    }

    /** Those of the tests' classpath whose names match. */
    static List<Path> jars(Pattern name) {
        String classpath = System.getProperty("java.class.path");
        return Arrays.stream(classpath.split(Pattern.quote(File.pathSeparator), -1))
                .map(Path::of)
                .filter(jar -> name.matcher(jar.getFileName().toString()).matches())
                .toList();
    }
}
