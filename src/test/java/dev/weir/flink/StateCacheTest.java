package dev.weir.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.WeirConfig;
import dev.weir.core.model.Aggregate;
import dev.weir.core.model.Origin;
import dev.weir.core.model.Reading;
import dev.weir.core.model.Reject;
import dev.weir.core.model.SeriesKey;
import dev.weir.core.series.Generation;
import dev.weir.core.series.SeriesMachine;
import dev.weir.core.series.SeriesOutput;
import dev.weir.core.series.SeriesRules;
import dev.weir.flink.BatchReader.SeriesRef;
import dev.weir.testing.generate.TestConfigs;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.junit.jupiter.api.Test;

class StateCacheTest {
    private static final int KEY_GROUPS = 720;

    private final Map<Object, byte[]> backend = new HashMap<>();
    private final Map<Object, byte[]> settled = new HashMap<>();
    private final List<Integer> keyGroups = new ArrayList<>();
    private Object currentKey;
    private int looks;

    /** The reader's names live as long as the task: what they held on to would be memory that no bound counts. */
    @Test
    void aSeriesThatHasLeftIsNotHeldByItsName() throws Exception {
        StateCache cache = cache(1, Long.MAX_VALUE);
        BatchReader batch = new BatchReader(1);
        batch.read(batchOf(new SeriesKey("one", "m")));
        SeriesRef one = batch.series(0);
        cache.create(one.key).dirty = true;
        CachedSeries held = cache.get(one);
        assertThat(held.series).isNotNull();

        cache.create(new SeriesKey("other", "m"));

        assertThat(held.series).isNull();
        cache.prefetch(batch);
        assertThat(cache.get(one).series).isNotNull();
        assertThat(cache.evictions()).isEqualTo(2);
    }

    @Test
    void touchingABatchFindsWhatIsHeldAndCountsForNothing() throws Exception {
        StateCache cache = cache(2, Long.MAX_VALUE);
        cache.create(key(0)).dirty = true;
        cache.create(key(1)).dirty = true;
        cache.create(key(2)).dirty = true; // in the place of one of those before
        BatchReader batch = new BatchReader(1);
        batch.read(batchOf(key(0), key(1), key(2), key(3), key(2)));

        cache.prefetch(batch);

        List<Boolean> held = IntStream.range(0, batch.count())
                .mapToObj(i -> batch.series(i).cached != null)
                .toList();
        assertThat(held).filteredOn(found -> found).hasSize(3);
        assertThat(batch.series(4).cached).isSameAs(batch.series(2).cached).isNotNull();
        assertThat(batch.series(3).cached).isNull();
        assertThat(cache.hits() + cache.misses()).isZero();
        assertThat(looks).isZero();
    }

    @Test
    void writesBehindWhatWasLeftAloneAndNothingThatIsInTurn() throws Exception {
        StateCache cache = cache(100, Long.MAX_VALUE);
        List<SeriesKey> series = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            series.add(key(i));
            cache.create(key(i)).dirty = true;
        }
        List<SeriesKey> newcomers = List.copyOf(series.subList(36, 40));
        Random order = new Random(1);
        for (int round = 0; round < 50; round++) {
            Collections.shuffle(series, order);
            for (SeriesKey key : series) {
                cache.get(key).dirty = true;
            }
        }
        assertThat(backend).isEmpty();

        for (int i = 0; i < 1_000; i++) {
            cache.get(series.get(0)).dirty = true;
        }
        List<SeriesKey> leftAlone = new ArrayList<>(series.subList(1, 40));
        leftAlone.removeAll(newcomers); // the next ones leave soon
        assertThat(backend.keySet()).containsExactlyInAnyOrderElementsOf(leftAlone);
    }

    @Test
    void seriesThatComeOnceDoNotDriveOutThoseInUse() throws Exception {
        StateCache cache = cache(100, Long.MAX_VALUE);
        Random random = new Random(1);
        int inUse = 0;
        for (int i = 0; i < 20_000; i++) {
            boolean once = random.nextBoolean();
            inUse += once ? 0 : 1;
            getOrCreate(cache, once ? new SeriesKey("once-" + i, "m") : key(random.nextInt(60)));
        }
        // Were it the order of use alone, half of the places would be taken by those that come once.
        assertThat(cache.hits()).isGreaterThan(inUse * 9L / 10);
    }

    @Test
    void whatIsNoLongerInUseMakesRoomForWhatIs() throws Exception {
        StateCache cache = cache(100, Long.MAX_VALUE);
        for (int i = 0; i < 100; i++) {
            getOrCreate(cache, key(i));
            getOrCreate(cache, key(i));
        }
        for (int round = 0; round < 40; round++) {
            for (int i = 100; i < 180; i++) {
                getOrCreate(cache, key(i));
            }
        }
        long before = cache.hits();
        for (int i = 100; i < 180; i++) {
            getOrCreate(cache, key(i));
        }
        assertThat(cache.hits() - before).isEqualTo(80);
    }

    /** Strict order of use would find none. */
    @Test
    void findsMostOfARoundThatIsALittleLongerThanTheCache() throws Exception {
        StateCache cache = cache(100, Long.MAX_VALUE);
        int rounds = 50;
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < 120; i++) {
                getOrCreate(cache, key(i));
            }
        }
        assertThat(cache.hits()).isGreaterThan(rounds * 120 / 2);
    }

    @Test
    void asksTheBackendForNoSeriesThatWasNeverWritten() throws Exception {
        StateCache cache = cache(10, Long.MAX_VALUE);
        for (int i = 0; i < 1_000; i++) {
            getOrCreate(cache, key(i));
        }
        assertThat(looks).isLessThan(40);
        assertThat(cache.misses()).isEqualTo(1_000);
        assertThat(cache.get(key(0))).isNotNull();
    }

    @Test
    void countsWhatASeriesHasGrownTo() throws Exception {
        long capacityBytes = 100_000;
        StateCache cache = cache(Integer.MAX_VALUE, capacityBytes);
        SeriesMachine machine = machine();
        long created = 1_000;
        long bytes = 0;
        for (int i = 0; i < created; i++) {
            assertThat(cache.get(key(i))).isNull();
            CachedSeries series = cache.create(key(i));
            machine.judge(series.series, reading(key(i)), 0, new Nowhere());
            bytes = series.series.heapBytes();
        }
        assertThat((created - cache.evictions()) * bytes).isBetween(capacityBytes - bytes, capacityBytes + bytes);
    }

    private static ReadingBatch batchOf(SeriesKey... keys) throws Exception {
        BatchWriter writer = new BatchWriter(0, BatchWriter.LEAST_SERIES_PLACES);
        for (SeriesKey key : keys) {
            writer.add(reading(key));
        }
        return writer.take();
    }

    private static Reading reading(SeriesKey key) {
        return new Reading(key, 0, 1, "Cel", null, 0, new Origin("t", 0, 0, 0), null, null, 1);
    }

    private static SeriesMachine machine() {
        WeirConfig config = TestConfigs.longJson();
        return new SeriesMachine(
                new SeriesRules(config.catalog(), config.time(), config.windows(), config.stateRetention()),
                Generation.FIRST);
    }

    private static final class Nowhere implements SeriesOutput {
        @Override
        public void accepted(Reading reading) {}

        @Override
        public void rejected(Reading reading, Reject reject) {
            throw new AssertionError(reject);
        }

        @Override
        public void emitted(Aggregate row, Cause cause) {}
    }

    private StateCache cache(int capacity, long capacityBytes) {
        SeriesTimers noneIsSet = new SeriesTimers(null, null, null);
        SeriesStore store = new SeriesStore(
                keyed(),
                stored(backend),
                stored(settled),
                noneIsSet,
                WrittenSeries.none(10_000),
                series -> {},
                KEY_GROUPS);
        return new StateCache(store, capacity, capacityBytes);
    }

    private static SeriesKey key(int number) {
        return new SeriesKey("s-" + number, "m");
    }

    private static void getOrCreate(StateCache cache, SeriesKey key) throws Exception {
        if (cache.get(key) == null) {
            cache.create(key).dirty = true;
        }
    }

    /** RocksDB takes neighbours far sooner than keys from all over. */
    @Test
    void writesBackByKeyGroup() throws Exception {
        StateCache cache = cache(1_000, Long.MAX_VALUE);
        for (int i = 0; i < 1_000; i++) {
            cache.create(key(i)).dirty = true;
        }
        cache.writeBack();

        assertThat(backend).hasSize(1_000);
        assertThat(keyGroups).hasSize(1_000).isSorted();
        assertThat(keyGroups.get(0))
                .isEqualTo(backend.keySet().stream()
                        .mapToInt(key -> KeyGroupRangeAssignment.assignToKeyGroup(key, KEY_GROUPS))
                        .min()
                        .getAsInt());
    }

    @Test
    void writesNewcomersThatLeaveManyAtOnceAndEachOnce() throws Exception {
        StateCache cache = cache(1_000, Long.MAX_VALUE);
        for (int i = 0; i < 5_000; i++) {
            cache.create(key(i)).dirty = true;
        }
        assertThat(keyGroups).hasSizeBetween(4_000, 4_100).hasSameSizeAs(backend.keySet());
        long rounds = IntStream.range(1, keyGroups.size())
                .filter(i -> keyGroups.get(i) < keyGroups.get(i - 1))
                .count();
        assertThat(rounds).isLessThan(keyGroups.size() / 50);
    }

    @SuppressWarnings("unchecked")
    private KeyedStateBackend<SeriesKey> keyed() {
        return (KeyedStateBackend<SeriesKey>) proxy(KeyedStateBackend.class, (method, arguments) -> {
            if (method.equals("setCurrentKeyAndKeyGroup")) {
                keyGroups.add((Integer) arguments[1]);
            }
            return currentKey = arguments[0];
        });
    }

    @SuppressWarnings("unchecked")
    private ValueState<byte[]> stored(Map<Object, byte[]> in) {
        return (ValueState<byte[]>) proxy(ValueState.class, (method, arguments) -> {
            if (method.equals("value")) {
                looks++;
                return in.get(currentKey);
            }
            return in.put(currentKey, (byte[]) arguments[0]);
        });
    }

    private interface Answer {
        Object of(String method, Object[] arguments);
    }

    private static Object proxy(Class<?> type, Answer answer) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
            Object result = answer.of(method.getName(), arguments);
            return method.getReturnType() == void.class ? null : result;
        });
    }
}
