package dev.weir.config;

import dev.weir.config.parse.NearestKey;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.FallbackKey;
import org.apache.flink.configuration.GlobalConfiguration;

/**
 * Checks Flink's own keys in {@code config.yaml} and among the overrides. Flink silently accepts any key, so a misspelt
 * one would have no effect.
 *
 * <p>Not every key that Flink reads is declared (plugins, reporters, Kubernetes), so an unknown key is a problem only
 * within two typing errors of a declared one, and a warning below a prefix whose keys are all declared.
 */
final class FlinkKeys {
    /** Prefixes below which Flink declares every key that it reads. */
    private static final List<String> CLOSED =
            List.of("execution.", "parallelism.", "pipeline.", "restart-strategy.", "heartbeat.");

    private static final int TYPING_ERRORS = 2;

    /** The classes in which Flink declares its options. A class that is missing in this version of Flink is skipped. */
    private static final List<String> HOLDERS = Stream.of(
                    "configuration: BlobServer Checkpointing Cleanup Cluster Core Deployment Event Execution ExternalResource "
                            + "HeartbeatManager HighAvailability HistoryServer JMXServer JobEventStore JobManager Metric "
                            + "NettyShuffleEnvironment Optimizer Pipeline QueryableState ResourceManager Rest RestartStrategy Rpc "
                            + "Security Sink SlowTaskDetector StateBackend StateChangelog StateLatencyTrack StateRecovery "
                            + "StateSizeTrack TaskManager Trace Web BatchExecution Algorithm",
                    "runtime.highavailability: JobResultStore",
                    "runtime.shuffle: ShuffleService",
                    "client.cli: Client ArtifactFetch",
                    "changelog.fs: FsStateChangelog",
                    "state.rocksdb: RocksDB RocksDBConfigurable RocksDBNativeMetric",
                    "state.rocksdb.sstmerge: RocksDBManualCompaction")
            .flatMap(FlinkKeys::classNames)
            .toList();

    /** All declared options by key, including deprecated keys that Flink still reads. */
    static final Map<String, ConfigOption<?>> DECLARED = declared();

    private FlinkKeys() {}

    /** Adds a problem for each key that is misspelt, and for each value that is not of its option's type. */
    static void check(OptionReader options) {
        options.source().values().keySet().stream()
                .sorted()
                .filter(key -> !key.startsWith(WeirOptions.PREFIX))
                .forEach(key -> check(options, key));
    }

    private static void check(OptionReader options, String key) {
        ConfigOption<?> option = DECLARED.get(key);
        if (option != null) {
            checkType(options, key, option);
            return;
        }
        if (isBelowAMap(key)) {
            return;
        }
        String meant = NearestKey.within(TYPING_ERRORS, key, DECLARED.keySet());
        if (meant != null) {
            options.problem(key, "is not an option of Flink", "did you mean " + meant + "?");
        } else if (CLOSED.stream().anyMatch(key::startsWith)) {
            // Only a warning, because the cluster may run a newer Flink that knows the key.
            options.warn(key, "is not an option of this Flink", NearestKey.didYouMean(key, DECLARED.keySet()));
        }
    }

    /** Returns whether the key is an entry of an option that holds a map, such as {@code pipeline.global-job-parameters.x}. */
    private static boolean isBelowAMap(String key) {
        for (int dot = key.lastIndexOf('.'); dot > 0; dot = key.lastIndexOf('.', dot - 1)) {
            if (DECLARED.containsKey(key.substring(0, dot))) {
                return true;
            }
        }
        return false;
    }

    private static void checkType(OptionReader options, String key, ConfigOption<?> option) {
        try {
            options.source().values().get(option);
        } catch (IllegalArgumentException e) {
            String text = options.source().values().getString(key, "");
            String shown = GlobalConfiguration.isSensitive(key) ? "the value" : "\"" + text + "\"";
            options.problem(
                    key, "is wrong: " + shown + " is not of its type", "see Flink's documentation of the option");
        }
    }

    private static Stream<String> classNames(String packageAndNames) {
        int colon = packageAndNames.indexOf(": ");
        String prefix = "org.apache.flink." + packageAndNames.substring(0, colon) + ".";
        return Arrays.stream(packageAndNames.substring(colon + 2).split(" ", -1))
                .map(name -> prefix + name + "Options");
    }

    private static Map<String, ConfigOption<?>> declared() {
        Map<String, ConfigOption<?>> present = new HashMap<>();
        Map<String, ConfigOption<?>> older = new HashMap<>();
        HOLDERS.stream().flatMap(FlinkKeys::fields).map(FlinkKeys::option).forEach(option -> {
            present.put(option.key(), option);
            for (FallbackKey key : option.fallbackKeys()) {
                older.put(key.getKey(), option);
            }
        });
        older.forEach(present::putIfAbsent);
        return Map.copyOf(present);
    }

    private static Stream<Field> fields(String className) {
        try {
            Class<?> type = Class.forName(className, false, FlinkKeys.class.getClassLoader());
            return Arrays.stream(type.getFields())
                    .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == ConfigOption.class);
        } catch (ClassNotFoundException | NoClassDefFoundError e) {
            return Stream.empty();
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
