package dev.weir.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The records of a workload of JSON objects, so many of a partition in the array of one event. A truncated object, which would take its
 * neighbours with it, stays an event of its own. An event has the timestamp of its last reading: none is further ahead of it than before.
 */
final class Batches implements Workload {
    private static final byte[] BEGIN = "{\"readings\":[".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "]}".getBytes(StandardCharsets.US_ASCII);

    private final Workload readings;
    private final int size;
    private final List<List<byte[]>> waiting = new ArrayList<>();

    Batches(Workload readings, int partitions, int size) {
        this.readings = readings;
        this.size = size;
        for (int i = 0; i < partitions; i++) {
            waiting.add(new ArrayList<>());
        }
    }

    /** @param events number of readings */
    @Override
    public void generate(long events, EventSink to) {
        long[] last = new long[1];
        readings.generate(events, (partition, timestamp, key, value) -> {
            last[0] = timestamp;
            if (value[value.length - 1] != '}') {
                send(partition, timestamp, to);
                to.accept(partition, timestamp, null, value);
                return;
            }
            waiting.get(partition).add(value);
            if (waiting.get(partition).size() == size) {
                send(partition, timestamp, to);
            }
        });
        for (int partition = 0; partition < waiting.size(); partition++) {
            send(partition, last[0], to);
        }
    }

    private void send(int partition, long timestamp, EventSink to) {
        List<byte[]> items = waiting.get(partition);
        if (items.isEmpty()) {
            return;
        }
        int length = BEGIN.length + END.length + items.size() - 1;
        for (byte[] item : items) {
            length += item.length;
        }
        byte[] event = new byte[length];
        int at = put(BEGIN, event, 0);
        for (int i = 0; i < items.size(); i++) {
            if (i > 0) {
                event[at++] = ',';
            }
            at = put(items.get(i), event, at);
        }
        put(END, event, at);
        items.clear();
        to.accept(partition, timestamp, null, event);
    }

    private static int put(byte[] bytes, byte[] into, int at) {
        System.arraycopy(bytes, 0, into, at, bytes.length);
        return at + bytes.length;
    }
}
