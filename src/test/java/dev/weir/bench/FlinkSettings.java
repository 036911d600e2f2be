package dev.weir.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

/** The shipped configuration of Flink, for every contender the same, and what it means for a process. */
final class FlinkSettings {
    static final Path DIRECTORY = Path.of("flink-conf");

    private FlinkSettings() {}

    /** What a run sets besides what is shipped: where its files are, and nothing that listens without need. */
    static Map<String, String> ofRun(Task task) {
        Map<String, String> options = new TreeMap<>();
        options.put("execution.checkpointing.dir", uri(task.directory().resolve("checkpoints")));
        options.put(
                "execution.checkpointing.savepoint-dir", uri(task.directory().resolve("savepoints")));
        options.put("parallelism.default", Integer.toString(Task.THREADS));
        // A run that fails is no run.
        options.put("restart-strategy.type", "none");
        options.putAll(task.extra());
        return options;
    }

    /** The shipped file and above it the options. */
    static Configuration shipped(Map<String, String> options) {
        Configuration configuration = GlobalConfiguration.loadConfiguration(DIRECTORY.toString());
        configuration.addAll(Configuration.fromMap(options));
        return configuration;
    }

    static TaskExecutorProcessSpec taskManager(Configuration configuration) {
        return TaskExecutorProcessUtils.processSpecFromConfig(configuration);
    }

    /** Arguments of a JVM as Flink's scripts would start a TaskManager. */
    static List<String> jvm() {
        Configuration configuration = shipped(Map.of());
        List<String> arguments = new ArrayList<>();
        arguments.addAll(words(configuration.get(CoreOptions.FLINK_JVM_OPTIONS)));
        arguments.addAll(words(configuration.get(CoreOptions.FLINK_TM_JVM_OPTIONS)));
        arguments.addAll(words(ProcessMemoryUtils.generateJvmParametersStr(taskManager(configuration))));
        arguments.add("-XX:+UseG1GC");
        return arguments;
    }

    static String uri(Path path) {
        return path.toUri().toString();
    }

    private static List<String> words(String text) {
        return List.of(text.strip().split("\\s+", -1));
    }
}
