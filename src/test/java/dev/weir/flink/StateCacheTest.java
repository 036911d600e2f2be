package dev.weir.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.model.SeriesKey;
import dev.weir.flink.BatchReader.SeriesRef;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.junit.jupiter.api.Test;

class StateCacheTest {
    private static final int KEY_GROUPS = 720;

    private final Map<Object, byte[]> backend = new HashMap<>();
    private final List<Integer> keyGroups = new ArrayList<>();
    private Object currentKey;

    /** The reader's names live as long as the task: what they held on to would be memory that no bound counts. */
    @Test
    void aSeriesThatHasLeftIsNotHeldByItsName() throws Exception {
        StateCache cache = new StateCache(keyed(), stored(), KEY_GROUPS, 1, Long.MAX_VALUE);
        SeriesRef one = new SeriesRef(new SeriesKey("one", "m"));
        cache.create(one.key).dirty = true;
        StateCache.Entry held = cache.get(one);
        assertThat(held.series).isNotNull();

        cache.create(new SeriesKey("other", "m"));

        assertThat(held.series).isNull();
        cache.touch(one);
        assertThat(cache.get(one).series).isNotNull();
        assertThat(cache.evictions()).isEqualTo(2);
    }

    @Test
    void writesBehindWhatWasLeftAloneAndNothingThatIsInTurn() throws Exception {
        StateCache cache = new StateCache(keyed(), stored(), KEY_GROUPS, 100, Long.MAX_VALUE);
        List<SeriesKey> series = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            series.add(new SeriesKey("s-" + i, "m"));
            cache.create(series.get(i)).dirty = true;
        }
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
        assertThat(backend.keySet()).containsExactlyInAnyOrderElementsOf(series.subList(1, 40));
    }

    /** RocksDB takes neighbours far sooner than keys from all over. */
    @Test
    void writesBackByKeyGroup() throws Exception {
        StateCache cache = new StateCache(keyed(), stored(), KEY_GROUPS, 1_000, Long.MAX_VALUE);
        for (int i = 0; i < 1_000; i++) {
            cache.create(new SeriesKey("s-" + i, "m")).dirty = true;
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
    private ValueState<byte[]> stored() {
        return (ValueState<byte[]>) proxy(
                ValueState.class,
                (method, arguments) -> method.equals("value")
                        ? backend.get(currentKey)
                        : backend.put(currentKey, (byte[]) arguments[0]));
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
