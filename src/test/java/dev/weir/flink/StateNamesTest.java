package dev.weir.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.model.Origin;
import dev.weir.core.model.Reading;
import dev.weir.core.model.SeriesKey;
import dev.weir.generation.Fence;
import dev.weir.generation.Run;
import dev.weir.testing.generate.TestConfigs;
import java.io.InputStream;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupsStateHandle;
import org.apache.flink.runtime.state.KeyedBackendSerializationProxy;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.OperatorStateHandle;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** The inventory of state by name: a savepoint is read by these, so a name that changes is state that is lost. */
class StateNamesTest {

    @Test
    void theSeriesOperatorKeepsItsStateUnderTheseNames() throws Exception {
        OperatorSubtaskState state = snapshot();
        Set<String> keyed = new TreeSet<>();
        for (KeyedStateHandle handle : state.getManagedKeyedState()) {
            keyed.addAll(names((KeyGroupsStateHandle) handle));
        }
        Set<String> perSubtask = new TreeSet<>();
        for (OperatorStateHandle handle : state.getManagedOperatorState()) {
            perSubtask.addAll(handle.getStateNameToPartitionOffsets().keySet());
        }

        // The timer service always brings a queue for event time, too; it stays empty.
        assertThat(keyed)
                .containsExactly(
                        "_timer_state/event_series-timers",
                        "_timer_state/processing_series-timers",
                        "series",
                        "series-settled");
        assertThat(perSubtask).containsExactly("generation", "series-live", "timer-rules");
    }

    private static OperatorSubtaskState snapshot() throws Exception {
        try (var harness = new KeyedOneInputStreamOperatorTestHarness<SeriesKey, ReadingBatch, Reading>(
                new SeriesOperator(new Run("run", TestConfigs.longJson(), Fence.NONE)),
                ReadingBatch::route,
                WeirTypes.SERIES_KEY)) {
            harness.setup(new ReadingSerializer());
            harness.open();
            Origin origin = new Origin("t", 0, 0, 0);
            BatchWriter writer = new BatchWriter(0, BatchWriter.SERIES_PLACES);
            writer.add(new Reading(new SeriesKey("s", "temperature"), 0, 1, "Cel", null, 0, origin, null, null, 0));
            harness.processElement(writer.take(), 0);
            return harness.snapshot(1, 1);
        }
    }

    private static Set<String> names(KeyGroupsStateHandle handle) throws Exception {
        KeyedBackendSerializationProxy<?> proxy =
                new KeyedBackendSerializationProxy<>(StateNamesTest.class.getClassLoader());
        try (InputStream in = handle.openInputStream()) {
            proxy.read(new DataInputViewStreamWrapper(in));
        }
        Set<String> names = new TreeSet<>();
        proxy.getStateMetaInfoSnapshots().forEach(state -> names.add(state.getName()));
        return names;
    }
}
