package dev.weir.load;

import dev.weir.core.model.Event;
import dev.weir.core.model.Origin;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Endless events for {@code TestConfigs.lenientLongJson}: every sensor in turn, ten seconds later each time, so that each reading is a
 * new row of the shortest window. One event in fifty is malformed, one is sent twice.
 */
final class EndlessFeed {
    private static final long BEGIN_MILLIS = 1_700_000_000_000L;
    private static final int STEP_MILLIS = 10_000;
    private static final int FAULT_EVERY = 50;

    private final int sensors;
    private final long[] offsets;
    private long count;

    EndlessFeed(int sensors, int partitions) {
        this.sensors = sensors;
        this.offsets = new long[partitions];
    }

    /** The next events; a duplicate and its original count as one. */
    List<Event> next(int number) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < number; i++, count++) {
            int sensor = (int) (count % sensors);
            long millis = BEGIN_MILLIS + count / sensors * STEP_MILLIS;
            String reading = "{\"sensor_id\":\"s" + sensor + "\",\"event_time\":" + millis
                    + ",\"metric\":\"temperature\",\"value\":" + (20 + count / sensors % 7 / 100.0) + "}";
            boolean malformed = count % FAULT_EVERY == FAULT_EVERY / 2;
            events.add(event(sensor, millis, malformed ? "{" : reading));
            if (count % FAULT_EVERY == 0) {
                events.add(event(sensor, millis, reading));
            }
        }
        return events;
    }

    private Event event(int sensor, long millis, String text) {
        int partition = sensor % offsets.length;
        return new Event(
                new Origin("steady", partition, offsets[partition]++, millis),
                null,
                text.getBytes(StandardCharsets.UTF_8));
    }
}
