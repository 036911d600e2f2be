package dev.weir.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessSpec;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

/**
 * JobManager and TaskManager as processes on the files of our image, untouched: application mode, and whatever is special about this
 * deployment given as {@code -Dkey=value} to both, as containers get it.
 */
public final class ImageProcesses implements AutoCloseable {
    /** Only where things are and how large; addresses stay as {@code flink-conf/} has them, on the loopback. */
    private static final Map<String, String> SMALL = Map.of(
            "jobmanager.memory.process.size", "768 mb",
            "taskmanager.memory.process.size", "1200 mb",
            "taskmanager.memory.managed.size", "128 mb",
            // A TaskManager that is gone is noticed within seconds, not within a minute.
            "heartbeat.interval", "1 s",
            "heartbeat.timeout", "10 s");

    private static final Duration ENDED_WITHIN = Duration.ofMinutes(3);

    private final FlinkHome home;
    private final ImageTree image;
    private final List<String> dynamic;
    private final Configuration configuration;
    private final FlinkRest rest;
    private final FlinkProcess zooKeeper;
    private final FlinkProcess jobManager;
    private final FlinkProcess taskManager;
    private final Thread atExit = new Thread(this::endAll, "image-processes-end");

    private ImageProcesses(
            ImageTree image,
            Path directory,
            Map<String, String> options,
            Map<String, String> environment,
            int restPort,
            int zooKeeperPort)
            throws IOException {
        this.image = image;
        this.home = FlinkHome.of(image.flinkHome(), environment);
        this.dynamic = options.entrySet().stream()
                .map(option -> "-D" + option.getKey() + "=" + option.getValue())
                .toList();
        this.configuration = new Configuration(home.configuration());
        this.configuration.addAll(Configuration.fromMap(options));
        this.rest = new FlinkRest(restPort);
        this.zooKeeper = zooKeeperPort == 0 ? null : ZooKeeperProcess.of(home, directory, zooKeeperPort);
        this.jobManager = new FlinkProcess("jobmanager", directory.resolve("jobmanager.out"), this::launchJobManager);
        this.taskManager =
                new FlinkProcess("taskmanager", directory.resolve("taskmanager.out"), this::launchTaskManager);
    }

    /**
     * Both are started; that they are ready is not waited for. The image's command runs: its job.
     *
     * @param directory for logs and temporary files
     * @param environment of both
     */
    public static ImageProcesses start(
            ImageTree image, Path directory, Map<String, String> options, Map<String, String> environment) {
        return start(image, directory, options, environment, false);
    }

    /** The same, with a ZooKeeper beside them: a JobManager that is killed and started again goes on with the job. */
    public static ImageProcesses startHighlyAvailable(ImageTree image, Path directory, Map<String, String> options) {
        return start(image, directory, options, Map.of(), true);
    }

    private static ImageProcesses start(
            ImageTree image,
            Path directory,
            Map<String, String> options,
            Map<String, String> environment,
            boolean highlyAvailable) {
        int[] ports = StablePorts.free(3);
        Map<String, String> all = new LinkedHashMap<>(SMALL);
        all.put("rest.port", Integer.toString(ports[0]));
        all.put("rest.bind-port", Integer.toString(ports[0]));
        all.put("jobmanager.rpc.port", Integer.toString(ports[1]));
        all.put("io.tmp.dirs", directory.resolve("tmp").toString());
        if (highlyAvailable) {
            all.put("high-availability.type", "zookeeper");
            all.put("high-availability.zookeeper.quorum", "127.0.0.1:" + ports[2]);
            all.put("high-availability.zookeeper.client.session-timeout", "6 s");
            all.put(
                    "high-availability.storageDir",
                    directory.resolve("ha").toUri().toString());
        }
        all.putAll(options);
        try {
            Files.createDirectories(directory.resolve("tmp"));
            ImageProcesses processes =
                    new ImageProcesses(image, directory, all, environment, ports[0], highlyAvailable ? ports[2] : 0);
            Runtime.getRuntime().addShutdownHook(processes.atExit);
            processes.all().forEach(FlinkProcess::start);
            return processes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The job has ended, and with it, as in any application cluster, the JobManager. */
    public void awaitEndOfJob() {
        await().atMost(ENDED_WITHIN).until(() -> !jobManager.isAlive());
    }

    /** Ends by itself with the job. */
    public FlinkProcess jobManager() {
        return jobManager;
    }

    public FlinkProcess taskManager() {
        return taskManager;
    }

    /** As {@link FlinkProcesses#rest}. */
    public String rest(String path) throws IOException {
        return rest.get(path);
    }

    @Override
    public void close() {
        endAll();
        all().forEach(FlinkProcess::awaitEnd);
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    private void endAll() {
        all().forEach(FlinkProcess::end);
    }

    private Stream<FlinkProcess> all() {
        return Stream.of(zooKeeper, jobManager, taskManager).filter(Objects::nonNull);
    }

    /** What {@code standalone-job.sh} does with the image's command. */
    private Process launchJobManager(FlinkProcess process, List<String> extraJvm) throws IOException {
        List<String> command = image.dockerfile().command();
        if (!command.get(0).equals("standalone-job")) {
            throw new IllegalStateException("Dockerfile: CMD is " + command + ", not a standalone-job");
        }
        JobManagerProcessSpec memory = JobManagerProcessUtils.processSpecFromConfig(configuration);
        String jvm = JobManagerProcessUtils.generateJvmParametersStr(memory, configuration);
        List<String> arguments = new ArrayList<>(command.subList(1, command.size()));
        return launch(
                process.log(),
                jvm,
                "org.apache.flink.container.entrypoint.StandaloneApplicationClusterEntryPoint",
                arguments);
    }

    /** What {@code taskmanager.sh} does. */
    private Process launchTaskManager(FlinkProcess process, List<String> extraJvm) throws IOException {
        TaskExecutorProcessSpec memory = TaskExecutorProcessUtils.processSpecFromConfig(configuration);
        List<String> arguments =
                new ArrayList<>(FlinkHome.words(TaskExecutorProcessUtils.generateDynamicConfigsStr(memory)));
        String jvm = ProcessMemoryUtils.generateJvmParametersStr(memory);
        return launch(process.log(), jvm, "org.apache.flink.runtime.taskexecutor.TaskManagerRunner", arguments);
    }

    private Process launch(Path log, String memory, String main, List<String> arguments) throws IOException {
        List<String> jvm = new ArrayList<>(FlinkHome.words(memory));
        jvm.add(home.logging("log4j-console"));
        List<String> all = new ArrayList<>(List.of("--configDir", home.conf().toString()));
        all.addAll(arguments);
        all.addAll(dynamic);
        return home.launch(log, jvm, main, all);
    }
}
