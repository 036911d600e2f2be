package dev.weir.testing.generate;

import dev.weir.core.model.Event;
import dev.weir.core.model.Origin;
import dev.weir.testing.oracle.Accepted;
import dev.weir.testing.oracle.Oracle;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

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
    private final long[] offsets;

    /** @param foreign source of what does not fit */
    public FuzzFeed(FuzzSource source, FuzzSource foreign, long seed, int partitions) {
        this.source = source;
        this.foreign = foreign.events();
        this.random = new Random(seed);
        this.mutator = new Mutator(random);
        this.oracle = new Oracle(source.config());
        this.offsets = new long[partitions];
    }

    /** The next events, with offsets that go on in each partition. */
    public List<Event> next(int number) {
        List<Event> events = new ArrayList<>(number);
        for (int i = 0; i < number; i++) {
            Event origin = source.events().get(i % source.events().size());
            byte[] value = i % HUGE_EVERY == HUGE_EVERY - 1 ? mutator.huge() : value(origin.value());
            events.add(placed(value, timestamp(origin.origin().timestampMillis())));
        }
        return events;
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

    /** One partition for each sensor, by its name; without that precondition the outcome would hang on chance. */
    private Event placed(byte[] value, long timestampMillis) {
        Origin nowhere = new Origin(TestConfigs.TOPIC, 0, 0, timestampMillis);
        List<Accepted> readings =
                oracle.judge(List.of(new Event(nowhere, null, value))).readings();
        int partition = readings.isEmpty()
                ? random.nextInt(offsets.length)
                : Math.floorMod(readings.get(0).series().sensorId().hashCode(), offsets.length);
        Origin origin = new Origin(TestConfigs.TOPIC, partition, offsets[partition]++, timestampMillis);
        return new Event(origin, random.nextBoolean() ? null : mutator.noise(), value);
    }
}
