package dev.weir.job;

import dev.weir.config.WeirConfig;
import dev.weir.config.parse.Durations;
import dev.weir.core.catalog.Input;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What the web UI says of each operator, with this pipeline's own numbers, for a person who has never seen it. Short:
 * the UI cuts long ones. The options in full are on its configuration page.
 */
final class Descriptions {
    private final WeirConfig config;

    Descriptions(WeirConfig config) {
        this.config = config;
    }

    String events() {
        WeirConfig.Kafka kafka = config.kafka();
        return "Events from Kafka: "
                + (kafka.topicPattern() == null ? String.join(", ", kafka.topics()) : kafka.topicPattern());
    }

    String intake() {
        Input input = config.catalog().input();
        return "Decode and check: " + input.format().name().toLowerCase(Locale.ROOT) + ", metrics: "
                + String.join(", ", config.catalog().metrics().keySet());
    }

    String gather() {
        return "Gather by subtask: readings cross the exchange in batches";
    }

    String series() {
        return "Series: validate, deduplicate, aggregate: late after "
                + Durations.format(config.time().lateness()) + ", windows of "
                + config.windows().stream().map(Durations::format).collect(Collectors.joining(", "));
    }

    String readingsLake() {
        return "Readings to the lake: accepted ones, Parquet by day";
    }

    String aggregatesLake() {
        return "Aggregates to the lake: every emission, Parquet by day";
    }

    String postgres() {
        return "Aggregates to PostgreSQL: " + config.postgres().schema() + ".sensor_aggregates, "
                + config.postgres().delivery();
    }

    String deadLetterRecords() {
        return "Write dead letters: original bytes, reasons as headers";
    }

    String deadLetters() {
        return "Dead letters to Kafka: " + config.deadLetters().topic();
    }

    String books() {
        return "Books and fence: counts everything, notes each completed checkpoint";
    }
}
