package dev.weir.testing.generate;

import dev.weir.config.WeirConfig;
import dev.weir.core.catalog.Input;
import dev.weir.core.model.Event;
import dev.weir.core.model.Origin;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
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
        List<List<Message>> rest = new ArrayList<>();
        for (Device device : devices(random)) {
            rest.add(device.messages(eventsPerSensor, faultRate, faults));
        }
        int[] next = new int[sensors];
        Writing writing = new Writing(random);
        List<Integer> alive = new ArrayList<>();
        for (int i = 0; i < sensors; i++) {
            alive.add(i);
        }
        List<Event> events = new ArrayList<>();
        while (!alive.isEmpty()) {
            Integer sensor = alive.get(random.nextInt(alive.size()));
            events.add(writing.event(sensor, batch(sensor, rest, next, random)));
            alive.removeIf(one -> next[one] == rest.get(one).size());
        }
        return events;
    }

    /**
     * The sensor's next message; where an event has several items, also further ones, of the sensors of its partition and input. What
     * breaks a whole event stands alone.
     */
    private List<Message> batch(int first, List<List<Message>> rest, int[] next, Random random) {
        List<Message> batch = new ArrayList<>();
        batch.add(rest.get(first).get(next[first]++));
        boolean several = TestConfigs.inputOf(config, first).payload().hasItems();
        int sensor = first;
        for (int more = several ? random.nextInt(5) : 0; more > 0 && !batch.get(0).replaced; more--) {
            if (random.nextInt(3) == 0) {
                sensor = (sensor + partitions * config.catalog().inputs().size()) % sensors;
            }
            boolean together = sensor % partitions == first % partitions;
            boolean left = next[sensor] < rest.get(sensor).size();
            if (together && left && !rest.get(sensor).get(next[sensor]).replaced) {
                batch.add(rest.get(sensor).get(next[sensor]++));
            }
        }
        return batch;
    }

    /** The same without an end, in little memory; {@code eventsPerSensor} are made at a time. */
    public Iterator<Event> endless() {
        Random random = new Random(seed);
        List<Device> devices = devices(random);
        List<Deque<Message>> rest = new ArrayList<>();
        devices.forEach(device -> rest.add(new ArrayDeque<>()));
        Writing writing = new Writing(random);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Event next() {
                int sensor = random.nextInt(sensors);
                Deque<Message> messages = rest.get(sensor);
                if (messages.isEmpty()) {
                    messages.addAll(devices.get(sensor).more(eventsPerSensor, faultRate, faults));
                }
                return writing.event(sensor, List.of(messages.remove()));
            }
        };
    }

    private List<Device> devices(Random random) {
        List<Device> devices = new ArrayList<>();
        for (int i = 0; i < sensors; i++) {
            devices.add(new Device(config, new Random(random.nextLong()), i));
        }
        return devices;
    }

    /** Turns messages into events, with the offsets that follow from their order. */
    private final class Writing {
        private final Map<Input, ItemWriter> writers = new HashMap<>();
        private final Map<String, Long> offsets = new HashMap<>();
        private final Random random;

        Writing(Random random) {
            this.random = random;
        }

        /** @param messages at least one, of sensors of one partition and input */
        Event event(int sensor, List<Message> messages) {
            int partition = sensor % partitions;
            Input input = TestConfigs.inputOf(config, sensor);
            String topic = TestConfigs.topicOf(config, sensor);
            long offset = offsets.merge(topic + '/' + partition, 1L, Long::sum) - 1;
            long arrival = messages.stream()
                    .mapToLong(message -> message.arrivalMillis)
                    .max()
                    .orElseThrow();
            Origin origin = new Origin(topic, partition, offset, arrival);
            byte[] key = ("sensor-" + sensor).getBytes(StandardCharsets.UTF_8);
            byte[] sometimes = random.nextInt(50) == 0 ? null : key;
            Sent sent = writers.computeIfAbsent(
                            input, one -> new ItemWriter(one, config.catalog().metrics()))
                    .write(messages, arrival, "gw" + partition);
            return new Event(origin, sent.key() == null ? sometimes : sent.key(), sent.value(), sent.headers());
        }
    }

    /** The seed and the knobs, without the catalog: what one needs to try again. */
    @Override
    public String toString() {
        return "Workload[seed=" + seed + ", format="
                + config.catalog().inputs().get(0).format() + ", wide="
                + config.catalog().inputs().get(0).wide() + ", sensor="
                + config.catalog().inputs().get(0).sensorId()
                + ", sensors=" + sensors + ", partitions=" + partitions
                + ", eventsPerSensor=" + eventsPerSensor + ", faultRate=" + faultRate + ", faults=" + faults + "]";
    }
}
