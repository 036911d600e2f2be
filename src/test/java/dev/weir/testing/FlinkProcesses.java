package dev.weir.testing;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

/**
 * A Flink cluster as its users have one, on the loopback: JobManager and TaskManager are processes of their own that see what is in
 * {@code lib/} of a distribution and nothing of the job, {@code flink-conf/} is their configuration, and there is the {@code flink}
 * command.
 */
public final class FlinkProcesses implements AutoCloseable {
    private static final Path SHIPPED = Path.of("flink-conf");
    private static final Duration UP_WITHIN = Duration.ofMinutes(2);
    private static final Duration COMMAND_WITHIN = Duration.ofMinutes(2);

    /** What a distribution's {@code lib/} holds, alone or inside flink-dist; the connectors but that for files are not there. */
    private static final Pattern OF_THE_DISTRIBUTION =
            Pattern.compile("flink-(?!connector-|table-|test-).*(?<!-tests)\\.jar|flink-connector-(files|datagen)-.*"
                    + "|(frocksdbjni|kryo|minlog|reflectasm|objenesis|javassist|snakeyaml-engine|snappy-java|lz4-java-1\\.8"
                    + "|commons-(cli|codec|collections|compress|io|lang3|math3|text)|jsr305|slf4j-api|log4j)[-.].*");

    /** So small a cluster as the job still runs on. */
    private static final Map<String, String> SMALL = Map.of(
            "jobmanager.memory.process.size", "768 mb",
            "taskmanager.memory.process.size", "1200 mb",
            "taskmanager.memory.managed.size", "128 mb");

    /** The result of one {@code flink} command; the output is what it printed on both streams, in order. */
    public record Command(int exitCode, String output) {}

    private final Path directory;
    private final Path conf;
    private final int restPort;
    private final List<Process> processes = new ArrayList<>();

    private FlinkProcesses(Path directory, int restPort) {
        this.directory = directory;
        this.conf = directory.resolve("conf");
        this.restPort = restPort;
    }

    /**
     * One JobManager and one TaskManager are up. Their logs are in {@code directory}.
     *
     * @param options set in {@code config.yaml} in place of, or besides, what is shipped
     */
    public static FlinkProcesses start(Path directory, Map<String, String> options) {
        int[] ports = freePorts();
        FlinkProcesses cluster = new FlinkProcesses(directory, ports[0]);
        try {
            Map<String, String> all = new LinkedHashMap<>(SMALL);
            all.put("jobmanager.bind-host", "127.0.0.1");
            all.put("taskmanager.bind-host", "127.0.0.1");
            all.put("taskmanager.host", "127.0.0.1");
            all.put("rest.port", Integer.toString(ports[0]));
            all.put("rest.bind-port", Integer.toString(ports[0]));
            all.put("jobmanager.rpc.port", Integer.toString(ports[1]));
            all.put(
                    "io.tmp.dirs",
                    Files.createDirectories(directory.resolve("tmp")).toString());
            // The reporter listens on every address, whatever it is told.
            all.put("metrics.reporters", "none");
            all.putAll(options);
            configure(cluster.conf, all);
            cluster.startJobManager();
            cluster.startTaskManager();
            await().atMost(UP_WITHIN).pollInterval(Duration.ofMillis(200)).until(cluster::hasSlots);
            return cluster;
        } catch (IOException | RuntimeException e) {
            cluster.close();
            throw new IllegalStateException("no cluster in " + directory, e);
        }
    }

    /** The {@code flink} command has run to its end. */
    public Command flink(String... arguments) {
        List<String> jvm = List.of("-Xmx256m", "-Dlog.file=" + directory.resolve("cli.log"), logging("log4j-cli"));
        Path output = directory.resolve("cli-" + processes.size() + ".out");
        try {
            Process process = launch(output, jvm, "org.apache.flink.client.cli.CliFrontend", arguments);
            if (!process.waitFor(COMMAND_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                end(process);
                throw new IllegalStateException(
                        "flink " + String.join(" ", arguments) + " does not end:\n" + Files.readString(output));
            }
            return new Command(process.exitValue(), Files.readString(output));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What the REST interface answers to a GET of the path. */
    public String rest(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + restPort + path))
                .timeout(Duration.ofSeconds(30))
                .build();
        try {
            return HttpClient.newHttpClient()
                    .send(request, BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What both processes have logged until now. */
    public String logs() {
        try {
            return Files.readString(directory.resolve("jobmanager.out"))
                    + Files.readString(directory.resolve("taskmanager.out"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        processes.forEach(FlinkProcesses::end);
    }

    private void startJobManager() throws IOException {
        List<String> jvm = List.of("-Xmx448m", "-Xms448m", logging("log4j-console"));
        String main = "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint";
        launch(directory.resolve("jobmanager.out"), jvm, main, "--configDir", conf.toString());
    }

    private void startTaskManager() throws IOException {
        TaskExecutorProcessSpec memory = TaskExecutorProcessUtils.processSpecFromConfig(configuration());
        List<String> jvm = new ArrayList<>(words(ProcessMemoryUtils.generateJvmParametersStr(memory)));
        jvm.add(logging("log4j-console"));
        List<String> arguments = new ArrayList<>(List.of("--configDir", conf.toString()));
        arguments.addAll(words(TaskExecutorProcessUtils.generateDynamicConfigsStr(memory)));
        String main = "org.apache.flink.runtime.taskexecutor.TaskManagerRunner";
        launch(directory.resolve("taskmanager.out"), jvm, main, arguments.toArray(String[]::new));
    }

    private Process launch(Path output, List<String> jvm, String main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(words(configuration().get(CoreOptions.FLINK_JVM_OPTIONS)));
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(jvm);
        command.addAll(List.of("-cp", lib(), main));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("FLINK_CONF_DIR", conf.toString());
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    private Configuration configuration() {
        return GlobalConfiguration.loadConfiguration(conf.toString());
    }

    private String logging(String name) {
        return "-Dlog4j.configurationFile=" + conf.resolve(name + ".properties").toUri();
    }

    private boolean hasSlots() throws IOException, InterruptedException {
        if (!processes.stream().allMatch(Process::isAlive)) {
            throw new IllegalStateException("a process has ended:\n" + logs());
        }
        HttpRequest overview = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + restPort + "/overview"))
                .build();
        try {
            String body = HttpClient.newHttpClient()
                    .send(overview, BodyHandlers.ofString())
                    .body();
            return body.contains("\"taskmanagers\":1");
        } catch (java.net.ConnectException e) {
            return false;
        }
    }

    /** The shipped files, with the options in {@code config.yaml}. */
    private static void configure(Path conf, Map<String, String> options) throws IOException {
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

    private static String lib() {
        String classpath = System.getProperty("java.class.path");
        return Arrays.stream(classpath.split(Pattern.quote(File.pathSeparator), -1))
                .filter(jar -> OF_THE_DISTRIBUTION
                        .matcher(Path.of(jar).getFileName().toString())
                        .matches())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static List<String> words(String text) {
        return List.of(text.strip().split("\\s+", -1));
    }

    private static void end(Process process) {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Both are open at once, so that they differ. */
    private static int[] freePorts() {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket rest = new ServerSocket(0, 1, loopback);
                ServerSocket rpc = new ServerSocket(0, 1, loopback)) {
            return new int[] {rest.getLocalPort(), rpc.getLocalPort()};
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
