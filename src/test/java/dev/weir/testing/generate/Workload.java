package dev.weir.testing.generate;

import dev.weir.config.WeirConfig;
import dev.weir.core.model.Event;
import dev.weir.core.model.Origin;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A stream of events that a seed and a few knobs determine.
 *
 * @param config its catalog says how events are laid out
 * @param sensors each sends to one partition
 * @param eventsPerSensor at least
 * @param faultRate how many of a sensor's messages begin a fault, 0 to 1
 * @param faults those that occur, each as often as another
 */
public record Workload(
        WeirConfig config,
        long seed,
        int sensors,
        int partitions,
        int eventsPerSensor,
        double faultRate,
        List<Fault> faults) {

    /** Every fault, one message in five. */
    public static Workload of(WeirConfig config, long seed) {
        return new Workload(config, seed, 4, 3, 150, 0.2, List.of(Fault.values()));
    }

    /**
     * No fault and no lateness: to drop, double or swap any readings of a series changes the outcome. For tests that must see such a
     * mutation; with lateness most swaps rightly change nothing.
     */
    public static Workload orderSensitive(WeirConfig config, long seed) {
        return new Workload(TestConfigs.withoutLateness(config), seed, 4, 3, 150, 0, List.of());
    }

    /** All partitions, interleaved at random, each in the order of its offsets. */
    public List<Event> events() {
        Random random = new Random(seed);
        MessageWriter writer = new MessageWriter(config.catalog().input());
        List<List<Message>> rest = new ArrayList<>();
        for (int i = 0; i < sensors; i++) {
            Device device = new Device(config, new Random(random.nextLong()), i);
            rest.add(device.messages(eventsPerSensor, faultRate, faults));
        }
        int[] next = new int[sensors];
        long[] offsets = new long[partitions];
        List<Integer> alive = new ArrayList<>();
        for (int i = 0; i < sensors; i++) {
            alive.add(i);
        }
        List<Event> events = new ArrayList<>();
        while (!alive.isEmpty()) {
            Integer sensor = alive.get(random.nextInt(alive.size()));
            Message message = rest.get(sensor).get(next[sensor]++);
            int partition = sensor % partitions;
            Origin origin = new Origin(topic(), partition, offsets[partition]++, message.arrivalMillis);
            byte[] key = ("sensor-" + sensor).getBytes(StandardCharsets.UTF_8);
            events.add(new Event(origin, random.nextInt(50) == 0 ? null : key, writer.write(message)));
            if (next[sensor] == rest.get(sensor).size()) {
                alive.remove(sensor);
            }
        }
        return events;
    }

    private String topic() {
        return config.kafka().topics().isEmpty()
                ? TestConfigs.TOPIC
                : config.kafka().topics().get(0);
    }

    /** The seed and the knobs, without the catalog: what one needs to try again. */
    @Override
    public String toString() {
        return "Workload[seed=" + seed + ", format=" + config.catalog().input().format() + ", wide="
                + config.catalog().input().wide() + ", sensors=" + sensors + ", partitions=" + partitions
                + ", eventsPerSensor=" + eventsPerSensor + ", faultRate=" + faultRate + ", faults=" + faults + "]";
    }
}
