package dev.weir.flink;

import dev.weir.config.WeirConfig;
import dev.weir.core.model.Aggregate;
import dev.weir.core.model.DeadLetter;
import dev.weir.core.model.Reading;
import dev.weir.core.model.SeriesKey;
import dev.weir.generation.Fence;
import dev.weir.generation.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.operators.TimerHeapInternalTimer;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/** {@link SeriesOperator} at some parallelism, with time in the test's hand; a rescale takes a snapshot and restores all of it. */
final class SeriesHarness implements AutoCloseable {
    private static final int MAX_PARALLELISM = 16;

    final List<Reading> accepted = new ArrayList<>();
    final List<Aggregate> rows = new ArrayList<>();
    final List<DeadLetter> deadLetters = new ArrayList<>();

    private WeirConfig config;
    private final int cachedSeries;
    private final StateBackend backend;
    private final List<KeyedOneInputStreamOperatorTestHarness<SeriesKey, ReadingBatch, Reading>> subtasks =
            new ArrayList<>();
    /** Two of each subtask. */
    private final List<List<BatchWriter>> writers = new ArrayList<>();

    private int turn;
    private long nowMillis;
    private long checkpointId;

    SeriesHarness(WeirConfig config, int cachedSeries, int parallelism) throws Exception {
        this(config, cachedSeries, parallelism, new HashMapStateBackend());
    }

    SeriesHarness(WeirConfig config, int cachedSeries, int parallelism, StateBackend backend) throws Exception {
        this.config = config;
        this.cachedSeries = cachedSeries;
        this.backend = backend;
        open(parallelism, null, 0);
    }

    void process(Reading... readings) throws Exception {
        process(List.of(readings));
    }

    /** One batch for each subtask; of its two writers now one and now the other has gathered it. */
    void process(List<Reading> readings) throws Exception {
        turn = 1 - turn;
        for (Reading reading : readings) {
            writers.get(subtaskOf(reading)).get(turn).add(reading);
        }
        for (int subtask = 0; subtask < subtasks.size(); subtask++) {
            BatchWriter writer = writers.get(subtask).get(turn);
            if (writer.count() > 0) {
                subtasks.get(subtask).processElement(new StreamRecord<>(writer.take()));
            }
        }
    }

    private int subtaskOf(Reading reading) {
        return KeyGroupRangeAssignment.assignKeyToParallelOperator(reading.series(), MAX_PARALLELISM, subtasks.size());
    }

    void advanceTo(long millis) throws Exception {
        nowMillis = millis;
        for (var subtask : subtasks) {
            subtask.setProcessingTime(millis);
        }
    }

    void advanceBy(long millis) throws Exception {
        advanceTo(nowMillis + millis);
    }

    /** As when the wall clock steps back between the moment at which a timer is due and the one at which the task comes to it. */
    void fireTimer(SeriesKey key, long millis) throws Exception {
        for (var subtask : subtasks) {
            SeriesOperator operator = (SeriesOperator) subtask.getOperator();
            operator.onProcessingTime(new TimerHeapInternalTimer<>(millis, key, VoidNamespace.INSTANCE));
        }
    }

    /** As after a stop with savepoint, or a failure right after a checkpoint. */
    void rescale(int parallelism) throws Exception {
        OperatorSubtaskState state = snapshot();
        int before = subtasks.size();
        stop();
        open(parallelism, state, before);
    }

    /** As a start from a savepoint with another configuration. */
    void restartWith(WeirConfig other) throws Exception {
        config = other;
        rescale(subtasks.size());
    }

    void endInput() throws Exception {
        for (var subtask : subtasks) {
            subtask.endInput();
        }
        drain();
    }

    int timers() {
        return subtasks.stream()
                .mapToInt(subtask -> subtask.numProcessingTimeTimers())
                .sum();
    }

    void drain() {
        for (var subtask : subtasks) {
            accepted.addAll(subtask.extractOutputValues());
            subtask.getOutput().clear();
            takeSideOutput(subtask, SeriesOperator.AGGREGATES, rows);
            takeSideOutput(subtask, SeriesOperator.DEAD_LETTERS, deadLetters);
        }
    }

    @Override
    public void close() throws Exception {
        stop();
    }

    private OperatorSubtaskState snapshot() throws Exception {
        checkpointId++;
        OperatorSubtaskState[] states = new OperatorSubtaskState[subtasks.size()];
        for (int i = 0; i < states.length; i++) {
            subtasks.get(i).prepareSnapshotPreBarrier(checkpointId);
            states[i] = subtasks.get(i).snapshot(checkpointId, nowMillis);
        }
        return AbstractStreamOperatorTestHarness.repackageState(states);
    }

    private void stop() throws Exception {
        drain();
        for (var subtask : subtasks) {
            subtask.close();
        }
        subtasks.clear();
        writers.clear();
    }

    private void open(int parallelism, OperatorSubtaskState state, int parallelismBefore) throws Exception {
        for (int i = 0; i < parallelism; i++) {
            var subtask = new KeyedOneInputStreamOperatorTestHarness<SeriesKey, ReadingBatch, Reading>(
                    new SeriesOperator(new Run("run", config, Fence.NONE), cachedSeries),
                    ReadingBatch::route,
                    WeirTypes.SERIES_KEY,
                    MAX_PARALLELISM,
                    parallelism,
                    i);
            subtask.setProcessingTime(nowMillis);
            subtask.setStateBackend(backend);
            subtask.setup(new ReadingSerializer());
            if (state != null) {
                subtask.initializeState(AbstractStreamOperatorTestHarness.repartitionOperatorState(
                        state, MAX_PARALLELISM, parallelismBefore, parallelism, i));
            }
            subtask.open();
            subtasks.add(subtask);
            writers.add(List.of(writer(0), writer(1)));
        }
    }

    private static BatchWriter writer(int number) {
        return new BatchWriter(number, BatchWriter.LEAST_SERIES_PLACES);
    }

    private static <T> void takeSideOutput(
            AbstractStreamOperatorTestHarness<?> subtask, OutputTag<T> tag, List<T> into) {
        Queue<StreamRecord<T>> output = subtask.getSideOutput(tag);
        if (output != null) {
            output.forEach(record -> into.add(record.getValue()));
            output.clear();
        }
    }
}
