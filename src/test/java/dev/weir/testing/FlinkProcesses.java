package dev.weir.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

/**
 * A Flink cluster as its users have one, on the loopback: JobManager and TaskManagers are processes of their own that see what is in
 * {@code lib/} of a distribution and nothing of the job, {@code flink-conf/} is their configuration, and there is the {@code flink}
 * command. With high availability a ZooKeeper runs beside them, and a JobManager that was killed and started again goes on.
 */
public final class FlinkProcesses implements AutoCloseable {
    private static final Duration UP_WITHIN = Duration.ofMinutes(2);
    private static final Duration COMMAND_WITHIN = Duration.ofMinutes(3);

    /** So small a cluster as the job still runs on. */
    private static final Map<String, String> SMALL = Map.of(
            "jobmanager.memory.process.size", "768 mb",
            "taskmanager.memory.process.size", "1200 mb",
            "taskmanager.memory.managed.size", "128 mb");

    /** The result of one {@code flink} command; the output is what it printed on both streams, in order. */
    public record Command(int exitCode, String output) {}

    private final Path directory;
    private final FlinkHome home;
    private final int restPort;
    private final FlinkProcess zooKeeper;
    private final FlinkProcess jobManager;
    private final List<FlinkProcess> taskManagers;
    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger commands = new AtomicInteger();
    private final Thread atExit = new Thread(this::endAll, "flink-processes-end");

    private FlinkProcesses(Path directory, FlinkHome home, int restPort, int taskManagers, FlinkProcess zooKeeper) {
        this.directory = directory;
        this.home = home;
        this.restPort = restPort;
        this.zooKeeper = zooKeeper;
        this.jobManager = member("jobmanager", this::launchJobManager);
        this.taskManagers = IntStream.rangeClosed(1, taskManagers)
                .mapToObj(number -> member("taskmanager-" + number, this::launchTaskManager))
                .toList();
    }

    /**
     * One JobManager and one TaskManager are up. Their logs are in {@code directory}.
     *
     * @param options set in {@code config.yaml} in place of, or besides, what is shipped
     */
    public static FlinkProcesses start(Path directory, Map<String, String> options) {
        return start(directory, options, 1, false, FlinkHome.ownLib());
    }

    /**
     * As {@link #start(Path, Map)}, of another Flink than the tests'.
     *
     * @param lib a folder with the jars of its distribution
     */
    public static FlinkProcesses startOther(Path directory, Map<String, String> options, Path lib) {
        return start(
                directory, options, 1, false, lib.toAbsolutePath().resolve("*").toString());
    }

    /** As {@link #start(Path, Map)}, with several TaskManagers. */
    public static FlinkProcesses start(Path directory, Map<String, String> options, int taskManagers) {
        return start(directory, options, taskManagers, false, FlinkHome.ownLib());
    }

    /** As {@link #start(Path, Map)}, with several TaskManagers, and ZooKeeper's storage beside theirs. */
    public static FlinkProcesses startHighlyAvailable(Path directory, Map<String, String> options, int taskManagers) {
        return start(directory, options, taskManagers, true, FlinkHome.ownLib());
    }

    private static FlinkProcesses start(
            Path directory, Map<String, String> options, int taskManagers, boolean ha, String lib) {
        try {
            int[] ports = StablePorts.free(3);
            Map<String, String> all = new LinkedHashMap<>(SMALL);
            all.putAll(onTheLoopback(directory, ports[0], ports[1]));
            if (ha) {
                all.put("high-availability.type", "zookeeper");
                all.put("high-availability.zookeeper.quorum", "127.0.0.1:" + ports[2]);
                all.put(
                        "high-availability.storageDir",
                        directory.resolve("ha").toUri().toString());
            }
            all.putAll(options);
            FlinkHome home = new FlinkHome(directory, all, lib);
            FlinkProcess zooKeeper = ha ? ZooKeeperProcess.of(home, directory, ports[2]) : null;
            FlinkProcesses cluster = new FlinkProcesses(directory, home, ports[0], taskManagers, zooKeeper);
            cluster.startAll();
            return cluster;
        } catch (IOException e) {
            throw new UncheckedIOException("no cluster in " + directory, e);
        }
    }

    private static Map<String, String> onTheLoopback(Path directory, int restPort, int rpcPort) throws IOException {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("jobmanager.bind-host", "127.0.0.1");
        options.put("taskmanager.bind-host", "127.0.0.1");
        options.put("taskmanager.host", "127.0.0.1");
        options.put("rest.port", Integer.toString(restPort));
        options.put("rest.bind-port", Integer.toString(restPort));
        options.put("jobmanager.rpc.port", Integer.toString(rpcPort));
        options.put(
                "io.tmp.dirs", Files.createDirectories(directory.resolve("tmp")).toString());
        // The reporter listens on every address, whatever it is told.
        options.put("metrics.reporters", "none");
        return options;
    }

    private void startAll() {
        Runtime.getRuntime().addShutdownHook(atExit);
        try {
            all().forEach(FlinkProcess::start);
            await().atMost(UP_WITHIN).pollInterval(Duration.ofMillis(200)).until(() -> {
                if (!all().allMatch(FlinkProcess::isAlive)) {
                    throw new IllegalStateException("a process has ended:\n" + logs());
                }
                return registeredTaskManagers() == taskManagers.size();
            });
        } catch (RuntimeException e) {
            close();
            throw new IllegalStateException("no cluster in " + directory, e);
        }
    }

    public FlinkProcess jobManager() {
        return jobManager;
    }

    public List<FlinkProcess> taskManagers() {
        return taskManagers;
    }

    /**
     * What a supervisor (systemd, Kubernetes) does all the time: processes that are not alive are started again. To be called when none
     * is meant to be dead.
     *
     * @return their names
     */
    public List<String> restartEnded() {
        List<FlinkProcess> ended = all().filter(process -> !process.isAlive()).toList();
        ended.forEach(FlinkProcess::start);
        return ended.stream().map(FlinkProcess::name).toList();
    }

    /** {@code conf/} of the cluster. */
    public Path conf() {
        return home.conf();
    }

    /** What the REST interface answers to a GET of the path, e.g. {@code /jobs/overview}; an IOException while nobody does. */
    public String rest(String path) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + restPort + path))
                .timeout(Duration.ofSeconds(30))
                .build();
        try {
            return http.send(request, BodyHandlers.ofString()).body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** How many TaskManagers the JobManager knows; -1 while it does not answer. */
    public int registeredTaskManagers() {
        try {
            String body = rest("/overview");
            int at = body.indexOf("\"taskmanagers\":");
            return at < 0 ? -1 : Integer.parseInt(body.substring(at + 15, body.indexOf(',', at)));
        } catch (IOException e) {
            return -1;
        }
    }

    /** The {@code flink} command has run to its end. */
    public Command flink(String... arguments) {
        List<String> jvm = List.of("-Xmx256m", "-Dlog.file=" + directory.resolve("cli.log"), home.logging("log4j-cli"));
        Path output = directory.resolve("cli-" + commands.incrementAndGet() + ".out");
        try {
            Process process = home.launch(output, jvm, "org.apache.flink.client.cli.CliFrontend", List.of(arguments));
            if (!process.waitFor(COMMAND_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
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

    /** What JobManager and TaskManagers have logged until now. */
    public String logs() {
        StringBuilder logs = new StringBuilder();
        all().filter(process -> process != zooKeeper).forEach(process -> {
            try {
                logs.append(Files.exists(process.log()) ? Files.readString(process.log()) : "");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return logs.toString();
    }

    @Override
    public void close() {
        endAll();
        all().filter(FlinkProcess::isAlive).forEach(FlinkProcess::awaitEnd);
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    private void endAll() {
        all().forEach(FlinkProcess::end);
    }

    private Stream<FlinkProcess> all() {
        return Stream.concat(Stream.ofNullable(zooKeeper), Stream.concat(Stream.of(jobManager), taskManagers.stream()));
    }

    private FlinkProcess member(String name, FlinkProcess.Launch launch) {
        return new FlinkProcess(name, directory.resolve(name + ".out"), launch);
    }

    private Process launchJobManager(FlinkProcess process, List<String> extraJvm) throws IOException {
        List<String> jvm = new ArrayList<>(List.of("-Xmx448m", "-Xms448m", home.logging("log4j-console")));
        jvm.addAll(extraJvm);
        String main = "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint";
        return home.launch(
                process.log(), jvm, main, List.of("--configDir", home.conf().toString()));
    }

    private Process launchTaskManager(FlinkProcess process, List<String> extraJvm) throws IOException {
        TaskExecutorProcessSpec memory = TaskExecutorProcessUtils.processSpecFromConfig(home.configuration());
        List<String> jvm = new ArrayList<>(FlinkHome.words(ProcessMemoryUtils.generateJvmParametersStr(memory)));
        jvm.add(home.logging("log4j-console"));
        jvm.addAll(extraJvm);
        List<String> arguments = arguments(process);
        arguments.addAll(List.of("-D", "taskmanager.resource-id=" + process.id()));
        arguments.addAll(FlinkHome.words(TaskExecutorProcessUtils.generateDynamicConfigsStr(memory)));
        return home.launch(process.log(), jvm, "org.apache.flink.runtime.taskexecutor.TaskManagerRunner", arguments);
    }

    private List<String> arguments(FlinkProcess process) {
        return new ArrayList<>(
                List.of("--configDir", home.conf().toString(), "-D", "io.tmp.dirs=" + process.temporary()));
    }
}
