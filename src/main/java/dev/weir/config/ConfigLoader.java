package dev.weir.config;

import dev.weir.config.catalog.CatalogReader;
import dev.weir.config.catalog.Surroundings;
import dev.weir.config.parse.Durations;
import dev.weir.config.parse.Problems;
import dev.weir.core.catalog.Catalog;
import dev.weir.core.catalog.TimeSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigConstants;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** Makes a {@link WeirConfig} of options and catalog, or refuses them with all problems of both. */
public final class ConfigLoader {
    /** Names that are safe as a prefix of transactional ids, as a metric label and as a file name. */
    private static final Pattern PIPELINE = Pattern.compile("(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,100}");

    /**
     * Reads {@code config.yaml} in the directory and the catalog that it names.
     *
     * @param directory null for none: only overrides and defaults
     * @param overrides key to value, as given with {@code -D}
     * @throws ConfigurationException with every problem
     */
    public Resolved load(Path directory, Map<String, String> overrides) {
        Problems problems = new Problems();
        OptionSource source = OptionSource.ofDirectory(directory, overrides, problems);
        if (!problems.isEmpty()) {
            // An option that could not be read would be reported as missing, too.
            throw new ConfigurationException(problems.list());
        }
        return resolve(source, problems);
    }

    /**
     * Checks the configuration that a cluster passes to {@code main}. Lines are known for options in {@code $FLINK_CONF_DIR/config.yaml}.
     *
     * @throws ConfigurationException with every problem
     */
    public Resolved fromFlink(Configuration flink, Map<String, String> overrides) {
        String directory = System.getenv(ConfigConstants.ENV_FLINK_CONF_DIR);
        return fromFlink(flink, directory == null ? null : Path.of(directory), overrides);
    }

    /** Does the same as {@link #fromFlink(Configuration, Map)} with the given directory of {@code config.yaml}; null for none. */
    public Resolved fromFlink(Configuration flink, Path directory, Map<String, String> overrides) {
        return resolve(OptionSource.ofFlink(flink, directory, overrides), new Problems());
    }

    private Resolved resolve(OptionSource source, Problems problems) {
        OptionReader options = new OptionReader(source, problems);
        KnownKeys.check(options);
        FlinkKeys.check(options);
        String pipeline = pipeline(options);
        WeirConfig.Kafka kafka = new KafkaOptions(options).read(pipeline);
        TimeOptions timeOptions = new TimeOptions(options);
        TimeSettings time = timeOptions.read();
        List<Duration> windows = timeOptions.windows();
        Duration retention = timeOptions.retention(time.idleFlush());
        SinkOptions sinks = new SinkOptions(options);
        WeirConfig.Lake lake = sinks.lake();
        WeirConfig.Postgres postgres = sinks.postgres();
        if (options.text(WeirOptions.LAKE_PATH) == null && options.text(WeirOptions.POSTGRES_URL) == null) {
            options.problem(
                    WeirOptions.LAKE_PATH,
                    "and weir.postgres.url are both missing",
                    "set at least one: there is no sink");
        }
        WeirConfig.DeadLetters deadLetters = sinks.deadLetters(kafka);
        Boolean rewind = options.bool(WeirOptions.RESTORE_REWIND);
        if (new FlinkOptions(options).check()) {
            new TransactionOptions(options).check(kafka.properties());
        }
        CatalogFile catalogFile = catalogFile(options);
        Surroundings surroundings = new Surroundings(
                time.disorder(), time.lateness(), kafka.topics(), kafka.topicPattern(), catalogFile::textOf);
        int before = problems.list().size();
        Catalog catalog = catalog(catalogFile, options, surroundings, problems);
        if (problems.list().size() == before) {
            checkTopics(options, catalog, kafka.topics());
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems.list());
        }
        WeirConfig config =
                new WeirConfig(pipeline, kafka, time, windows, retention, lake, postgres, deadLetters, rewind, catalog);
        return new Resolved(
                config,
                source.values(),
                values(source, config, catalogFile.name()),
                problems.warnings(),
                problems.notes());
    }

    private static String pipeline(OptionReader options) {
        String pipeline = options.text(WeirOptions.PIPELINE);
        if (pipeline == null || !PIPELINE.matcher(pipeline).matches()) {
            String cure = "use 1 to 100 of the characters a-z, A-Z, 0-9, '.', '_' and '-'";
            String message = "is wrong: \"" + (pipeline == null ? "" : pipeline) + "\" is not a pipeline name";
            options.problem(WeirOptions.PIPELINE, message, cure);
        }
        return pipeline;
    }

    private static CatalogFile catalogFile(OptionReader options) {
        String named = options.text(WeirOptions.CATALOG);
        boolean set = options.source().isSet(WeirOptions.CATALOG.key());
        return CatalogFile.find(
                named == null ? WeirOptions.CATALOG.defaultValue() : named,
                set ? null : options.source().directory());
    }

    /** Adds a problem for each topic that the pipeline reads and that no input describes. */
    private static void checkTopics(OptionReader options, Catalog catalog, List<String> topics) {
        topics.stream()
                .filter(topic -> catalog.inputOf(topic) == null)
                .forEach(topic -> options.problem(
                        WeirOptions.KAFKA_TOPICS,
                        "names topic " + topic + ", which no input of the catalog takes",
                        "name it at the topics of an input, or remove it"));
    }

    private static Catalog catalog(
            CatalogFile file, OptionReader options, Surroundings surroundings, Problems problems) {
        try {
            return new CatalogReader().read(file.name(), file.text(), surroundings, problems);
        } catch (CatalogFile.UnreadableException e) {
            options.problem(WeirOptions.CATALOG, "cannot be read: " + e.getMessage(), e.cure());
            return null;
        }
    }

    private static List<OptionValue> values(OptionSource source, WeirConfig config, String catalog) {
        Map<String, String> derived = new TreeMap<>(Map.of(
                WeirOptions.CATALOG.key(), catalog,
                WeirOptions.KAFKA_GROUP.key(), config.kafka().group(),
                WeirOptions.DEAD_LETTER_TOPIC.key(), config.deadLetters().topic()));
        List<OptionValue> values = new ArrayList<>();
        for (ConfigOption<?> option : WeirOptions.ALL) {
            if (option.equals(WeirOptions.KAFKA_PROPERTIES)) {
                config.kafka().properties().forEach((name, value) -> {
                    String key = option.key() + "." + name;
                    String origin = source.isSet(key) ? key : option.key();
                    values.add(new OptionValue(key, Secrets.mask(key, value), source.origin(origin)));
                });
                continue;
            }
            values.add(value(source, option, derived.get(option.key())));
        }
        String checkpointTimeout = Durations.format(TransactionLife.DEFAULT_CHECKPOINT_TIMEOUT);
        derived.put(CheckpointingOptions.CHECKPOINTING_TIMEOUT.key(), checkpointTimeout);
        FlinkOptions.JUDGED.forEach(option -> values.add(value(source, option, derived.get(option.key()))));
        return List.copyOf(values);
    }

    private static OptionValue value(OptionSource source, ConfigOption<?> option, String derived) {
        String key = option.key();
        String text = source.values().getString(key, null);
        if (text == null || text.isBlank()) {
            text = derived != null ? derived : DefaultText.of(option);
        }
        return new OptionValue(key, Secrets.mask(key, text), source.origin(key));
    }
}
