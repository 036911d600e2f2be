package dev.weir.job;

import dev.weir.config.WeirConfig;
import dev.weir.config.parse.Durations;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Describes each operator for the web UI, with this pipeline's own numbers, for a person who has never seen it. The
 * texts are short, because the UI truncates long ones. Its configuration page shows the complete options. Outputs bring
 * their own descriptions.
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
        String formats = config.catalog().inputs().stream()
                .map(input -> input.format().name().toLowerCase(Locale.ROOT))
                .distinct()
                .collect(Collectors.joining(", "));
        return "Decode and check: " + formats + ", metrics: "
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

    String books() {
        return "Books and fence: counts everything, notes each completed checkpoint";
    }
}
