package dev.weir.cli;

import dev.weir.config.WeirConfig;
import dev.weir.core.catalog.Catalog;
import dev.weir.core.catalog.Input;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The topic as whose records the events of a sample are judged.
 *
 * @param input that describes its events
 */
record SampleTopic(String name, Input input) {
    /** Stands for a topic that the configuration does not name. */
    private static final String ANY = "sample";

    /**
     * Chooses the topic.
     *
     * @param named by the user; null for the first one of the first input
     * @throws IOException if there is no such topic, or none to choose; the message says what to write
     */
    static SampleTopic choose(String named, WeirConfig config) throws IOException {
        Catalog catalog = config.catalog();
        if (named != null) {
            Input input = catalog.inputOf(named);
            if (input == null) {
                throw new IOException(
                        "--topic " + named + ": no input of the catalog takes this topic; " + known(catalog));
            }
            return new SampleTopic(named, input);
        }
        Input first = catalog.inputs().get(0);
        if (!first.topics().names().isEmpty()) {
            return new SampleTopic(first.topics().names().get(0), first);
        }
        for (String topic : config.kafka().topics()) {
            if (Objects.equals(catalog.inputOf(topic), first)) {
                return new SampleTopic(topic, first);
            }
        }
        Input rest = catalog.inputOf(ANY);
        if (rest == null) {
            throw new IOException(
                    "--sample needs --topic <topic>: the first input has no name of a topic; " + known(catalog));
        }
        return new SampleTopic(ANY, rest);
    }

    /** Returns the catalog as if it described this topic alone, so that nothing is needed for the others. */
    Catalog alone(Catalog catalog) {
        return new Catalog(List.of(input), catalog.metrics(), catalog.unknownMetric(), catalog.quota());
    }

    private static String known(Catalog catalog) {
        return catalog.inputs().stream()
                .map(input -> input.topics().pattern() == null
                        ? String.join(", ", input.topics().names())
                        : "what matches " + input.topics().pattern())
                .filter(topics -> !topics.isEmpty())
                .collect(Collectors.joining("; ", "inputs are for ", ""));
    }
}
