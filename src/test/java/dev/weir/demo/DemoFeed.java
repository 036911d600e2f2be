package dev.weir.demo;

import dev.weir.core.model.Event;
import dev.weir.testing.KafkaBroker;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What the demo sends: the excerpt, from one or more sets of stations. A station has one partition, for ever, and every event's place is
 * known beforehand; so the oracle gets the events without reading them from Kafka or from files.
 */
interface DemoFeed {
    int PARTITIONS = 4;

    /** Returns the feed that the options ask for. */
    static DemoFeed of(DemoOptions options, Excerpt excerpt, long timestampMillis) {
        return options.files()
                ? new FileFeed(excerpt, options.repeat(), timestampMillis, options.files(""))
                : new RecordFeed(excerpt, options.repeat(), timestampMillis);
    }

    long events();

    /** Returns the number of files that are announced; 0 if the rows are records. */
    int files();

    /** Makes the topic, which keeps what is old, and sends everything to it. */
    void send(KafkaBroker broker);

    /** Returns the events of one set of stations, each partition in its order. */
    List<Event> eventsOf(int set);

    /** Returns what {@link #send} sends, for people. */
    String describe();

    /** Returns which set of stations a sensor is of. */
    static int setOf(String sensorId) {
        int dash = sensorId.lastIndexOf('-');
        return dash < 0 ? 1 : Integer.parseInt(sensorId.substring(dash + 1));
    }

    static int partitionOf(String station) {
        return Math.floorMod(station.hashCode(), PARTITIONS);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
