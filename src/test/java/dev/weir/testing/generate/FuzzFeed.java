package dev.weir.testing.generate;

import dev.weir.core.model.Event;
import dev.weir.core.model.Origin;
import dev.weir.testing.oracle.Oracle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What arrives when senders are broken: the events of a source, over and over, of which half are mutated; random bytes, empty ones among
 * them; what is meant for another catalog; and now and then a giant. A seed means one stream.
 */
public final class FuzzFeed {
    /** Of a hundred events, how many are mutated, are noise, are another catalog's. */
    private static final int MUTATED = 45;

    private static final int NOISE = 8;
    private static final int FOREIGN = 6;
    /** A value of 1 MiB weighs as much as some thousand events: one in so many. */
    private static final int HUGE_EVERY = 5_000;

    private final FuzzSource source;
    private final List<Event> foreign;
    private final Random random;
    private final Mutator mutator;
    private final Oracle oracle;
    private final int partitions;
    private final Map<String, Place> places = new HashMap<>();
    private final Map<Place, Long> offsets = new HashMap<>();

    private record Place(String topic, int partition) {}

    /** @param foreign source of what does not fit */
    public FuzzFeed(FuzzSource source, FuzzSource foreign, long seed, int partitions) {
        this.source = source;
        this.foreign = foreign.events();
        this.random = new Random(seed);
        this.mutator = new Mutator(random);
        this.oracle = new Oracle(source.config());
        this.partitions = partitions;
    }

    /** The next events, with offsets that go on in each partition. */
    public List<Event> next(int number) {
        List<Event> events = new ArrayList<>(number);
        for (int i = 0; events.size() < number; i++) {
            Event sent = source.events().get(i % source.events().size());
            byte[] value = i % HUGE_EVERY == HUGE_EVERY - 1 ? mutator.huge() : value(sent.value());
            Event event = new Event(sent.origin(), key(sent.key()), value, headers(sent.headers()));
            Event placed = placed(event, timestamp(sent.origin().timestampMillis()));
            if (placed != null) {
                events.add(placed);
            }
        }
        return events;
    }

    /** As it was sent, none, or broken. */
    private byte[] key(byte[] key) {
        return switch (random.nextInt(8)) {
            case 0 -> null;
            case 1 -> mutator.noise();
            case 2 -> mutator.mutate(key == null ? new byte[0] : key);
            default -> key;
        };
    }

    private List<Event.Header> headers(List<Event.Header> headers) {
        List<Event.Header> broken = new ArrayList<>(headers);
        if (!headers.isEmpty() && random.nextInt(6) == 0) {
            int at = random.nextInt(headers.size());
            Event.Header header = broken.remove(at);
            byte[] value = key(header.value());
            if (random.nextBoolean()) { // the last of a name counts
                broken.add(new Event.Header(header.name(), value));
            }
        }
        return broken;
    }

    private byte[] value(byte[] value) {
        int dice = random.nextInt(100);
        if (dice < MUTATED) {
            return mutator.mutate(value == null ? new byte[0] : value);
        }
        if (dice < MUTATED + NOISE) {
            return mutator.noise();
        }
        if (dice < MUTATED + NOISE + FOREIGN) {
            return foreign.get(random.nextInt(foreign.size())).value();
        }
        return value;
    }

    /** As it was sent, or the epoch's first second: a producer without a clock. */
    private long timestamp(long millis) {
        return random.nextInt(200) == 0 ? random.nextInt(1_000) : millis;
    }

    /**
     * One partition for each sensor; without that precondition the outcome would hang on chance. Null for an event whose sensors would be
     * in several.
     */
    private Event placed(Event event, long timestampMillis) {
        String topic = event.origin().topic();
        Event alone = at(event, new Origin(topic, 0, 0, timestampMillis));
        Set<String> sensors = oracle.judge(List.of(alone)).readings().stream()
                .map(reading -> reading.series().sensorId())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Set<Place> known = new LinkedHashSet<>();
        sensors.stream().filter(places::containsKey).forEach(sensor -> known.add(places.get(sensor)));
        Place place = known.isEmpty()
                ? new Place(topic, partition(sensors))
                : known.iterator().next();
        if (known.size() > 1 || !place.topic().equals(topic)) {
            return null;
        }
        sensors.forEach(sensor -> places.put(sensor, place));
        long offset = offsets.merge(place, 1L, Long::sum) - 1;
        return at(event, new Origin(topic, place.partition(), offset, timestampMillis));
    }

    private int partition(Set<String> sensors) {
        return sensors.isEmpty()
                ? random.nextInt(partitions)
                : Math.floorMod(sensors.iterator().next().hashCode(), partitions);
    }

    private static Event at(Event event, Origin origin) {
        return new Event(origin, event.key(), event.value(), event.headers());
    }
}
