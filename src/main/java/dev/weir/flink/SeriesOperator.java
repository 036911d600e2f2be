package dev.weir.flink;

import dev.weir.config.WeirConfig;
import dev.weir.config.WeirConfig.DeadLetters.Payload;
import dev.weir.core.model.Aggregate;
import dev.weir.core.model.DeadLetter;
import dev.weir.core.model.Reading;
import dev.weir.core.model.SeriesKey;
import dev.weir.core.model.Tally;
import dev.weir.core.series.SeriesMachine;
import dev.weir.core.series.SeriesRules;
import dev.weir.core.series.SeriesState;
import dev.weir.generation.GenerationState;
import dev.weir.generation.Run;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * The only keyed operator. Hosts {@link SeriesMachine} and keeps one state and at most one processing-time timer for each series.
 *
 * <p><b>Input.</b> Batches of readings whose series belong to this subtask. Each series is in the order of its partition.
 *
 * <p><b>Output.</b> Accepted readings, in that order. Rows go to {@link #AGGREGATES} and keyed rejects to {@link #DEAD_LETTERS}. The counts
 * since the last barrier go to {@link #TALLIES} just before each barrier.
 *
 * <p><b>State.</b> {@code series}, for each key: bytes of {@link dev.weir.core.series.SeriesStateCodec}. They take 4 to 7 bytes for each
 * reading within the lateness (11 to 18 for more than six decimals), about 90 for each open window and 35 for a window of a single reading.
 * Never cleared, but shrunk to a tombstone by {@code weir.state.retention}. {@code series-settled}, for each key: the settled part of a
 * series that is long and written often. {@code series-timers}: at most one timer for each series. {@code series-live}, for each subtask:
 * the number of series that are no tombstones, of which only the sum is meaningful. {@code timer-rules}: see {@link TimerRules}. Also the
 * mark of the generation.
 */
public final class SeriesOperator extends AbstractStreamOperator<Reading>
        implements OneInputStreamOperator<ReadingBatch, Reading>,
                Triggerable<SeriesKey, VoidNamespace>,
                BoundedOneInput {
    private static final long serialVersionUID = 1L;

    /** One row for every result of a window: first, corrected or flushed. */
    public static final OutputTag<Aggregate> AGGREGATES = new OutputTag<>("aggregates", WeirTypes.AGGREGATE);
    /** One dead letter for every reading that a keyed rule rejects. */
    public static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("series-dead-letters", WeirTypes.DEAD_LETTER);

    /** One tally before each barrier, unless nothing was counted. */
    public static final OutputTag<Tally> TALLIES = new OutputTag<>("series-tallies", WeirTypes.TALLY);

    /**
     * The share of a task manager's heap that decoded series may take, for all its slots together. A series with two minutes of readings at
     * 1/s and two window lengths takes about 5 KiB. The rest of the heap is for open files, rows of the open epoch and records in flight.
     */
    private static final double CACHED_SHARE = 0.35;

    /**
     * The share of the heap for the filter of written series ({@link WrittenSeries}): 11 MiB for each slot by default, enough for seven
     * million series.
     */
    private static final double WRITTEN_SHARE = 0.015;

    private static final ValueStateDescriptor<byte[]> SERIES =
            new ValueStateDescriptor<>("series", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
    private static final ValueStateDescriptor<byte[]> SERIES_SETTLED =
            new ValueStateDescriptor<>("series-settled", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
    private static final ListStateDescriptor<Long> SERIES_LIVE = new ListStateDescriptor<>("series-live", Types.LONG);
    private static final String TIMERS = "series-timers";

    private final Run run;
    private final int cachedSeries;

    private transient SeriesMachine machine;
    private transient StateCache cache;
    private transient BatchReader batch;
    private transient SeriesEmitter emitter;

    private transient boolean restored;
    private transient ListState<Long> storedLive;
    private transient SeriesTimers timers;
    private transient TimerRules timerRules;
    private transient SeriesMetrics metrics;
    /**
     * Flink's counter of received records, for the operator and its task. Flink counts a batch as one record, so the other readings of each
     * batch are added here.
     */
    private transient org.apache.flink.metrics.Counter received;

    private transient GenerationState generation;
    private transient long attemptStartMillis;
    /** The greatest processing time of this attempt, epoch milliseconds. The wall clock may have stepped back since. */
    private transient long latestMillis;

    private transient long live;
    /** Processing time of the current reading or timer, epoch milliseconds. */
    private transient long nowMillis;

    public SeriesOperator(Run run) {
        this(run, Integer.MAX_VALUE);
    }

    /**
     * Creates the operator.
     *
     * @param cachedSeries greatest number of cached series, at least 1
     */
    SeriesOperator(Run run, int cachedSeries) {
        this.run = run;
        this.cachedSeries = cachedSeries;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        restored = context.isRestored();
        storedLive = context.getOperatorStateStore().getListState(SERIES_LIVE);
        for (long before : storedLive.get()) {
            live += before;
        }
        timerRules = new TimerRules(context.getOperatorStateStore(), run.config());
        generation = GenerationState.settle(context, run);
    }

    @Override
    public void open() throws Exception {
        super.open();
        WeirConfig config = run.config();
        machine = new SeriesMachine(
                new SeriesRules(config.catalog(), config.time(), config.windows(), config.stateRetention()),
                generation.generation());
        timers = new SeriesTimers(
                getInternalTimerService(TIMERS, VoidNamespaceSerializer.INSTANCE, this),
                getProcessingTimeService(),
                backend());
        SeriesStore store = new SeriesStore(
                backend(),
                getRuntimeContext().getState(SERIES),
                getRuntimeContext().getState(SERIES_SETTLED),
                timers,
                restored ? WrittenSeries.unknown() : WrittenSeries.none(heapBytes(WRITTEN_SHARE)),
                series -> series.clampTimes(attemptStartMillis, currentMillis()),
                getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks());
        cache = new StateCache(store, cachedSeries, heapBytes(CACHED_SHARE));
        batch = new BatchReader(generation.generation().number());
        metrics = new SeriesMetrics(getMetricGroup(), config.pipeline(), cache, () -> live);
        received = getMetricGroup().getIOMetricGroup().getNumRecordsInCounter();
        boolean lettersHoldReadings = config.deadLetters().payload() == Payload.READING;
        emitter = new SeriesEmitter(
                output, metrics, batch, generation.generation().number(), lettersHoldReadings);
        attemptStartMillis = currentMillis();
        if (restored && timerRules.timersMayBeLate(attemptStartMillis)) {
            TimerRules.resetTimers(cache, SERIES, machine);
        }
    }

    private long currentMillis() {
        long millis = getProcessingTimeService().getCurrentProcessingTime();
        latestMillis = Math.max(latestMillis, millis);
        return millis;
    }

    /**
     * Returns a slot's part of a share of the heap, in bytes.
     *
     * @param share of the heap, for all slots of the task manager together
     */
    private long heapBytes(double share) {
        Configuration taskManager =
                getContainingTask().getEnvironment().getTaskManagerInfo().getConfiguration();
        int slots = taskManager.get(TaskManagerOptions.NUM_TASK_SLOTS);
        return (long) (Runtime.getRuntime().maxMemory() * share / slots);
    }

    /** Does nothing. Setting the key serializes it, and most readings do not access the backend. The cache sets the key when it does. */
    @Override
    public void setKeyContextElement(StreamRecord<ReadingBatch> element) {}

    @Override
    public void processElement(StreamRecord<ReadingBatch> element) throws Exception {
        nowMillis = currentMillis();
        emitter.nowMillis = nowMillis;
        batch.read(element.getValue());
        received.inc(batch.count() - 1L);
        cache.prefetch(batch);
        for (int at = 0; at < batch.count(); at++) {
            emitter.at = at;
            Reading reading = batch.reading(at);
            judge(reading, reconciled(cache.get(batch.series(at)), reading.series()));
        }
    }

    private void judge(Reading reading, CachedSeries known) throws Exception {
        boolean asleep = known == null || known.series.isTombstone();
        CachedSeries entry = known == null ? cache.create(reading.series()) : known;
        SeriesState series = entry.series;
        entry.dirty = true;
        if (series.switchesPartition(reading.origin())) {
            emitter.countPartitionSwitch();
        }
        machine.judge(series, reading, nowMillis, emitter);
        if (asleep && !series.isTombstone()) {
            live++;
        }
        timers.schedule(entry, machine, nowMillis);
    }

    @Override
    public void onProcessingTime(InternalTimer<SeriesKey, VoidNamespace> timer) throws Exception {
        CachedSeries entry = load(timer.getKey());
        if (entry == null) {
            return;
        }
        nowMillis = currentMillis();
        SeriesState series = entry.series;
        entry.dirty = true;
        boolean awake = !series.isTombstone();
        timers.fired(entry);
        machine.onTime(series, timer.getKey(), nowMillis, emitter);
        if (awake && series.isTombstone()) {
            live--;
        }
        timers.schedule(entry, machine, nowMillis);
    }

    @Override
    public void onEventTime(InternalTimer<SeriesKey, VoidNamespace> timer) {
        throw new IllegalStateException("no event-time timer is ever registered");
    }

    /** Emits the pending windows of every series. */
    @Override
    public void endInput() throws Exception {
        cache.forEach(SERIES, entry -> {
            reconciled(entry, entry.key);
            entry.dirty |= machine.endOfInput(entry.series, entry.key, emitter);
        });
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        cache.writeBack();
        storedLive.update(List.of(live));
        timerRules.snapshot(latestMillis);
        generation.snapshot();
        super.snapshotState(context);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        super.prepareSnapshotPreBarrier(checkpointId);
        timers.registerAll();
        emitter.sendTally();
    }

    @Override
    public void finish() throws Exception {
        emitter.sendTally();
        super.finish();
    }

    private CachedSeries load(SeriesKey key) throws Exception {
        return reconciled(cache.get(key), key);
    }

    private CachedSeries reconciled(CachedSeries entry, SeriesKey key) {
        if (entry != null && !entry.reconciled) {
            entry.dirty |= machine.reconcile(entry.series, key, emitter);
            entry.reconciled = true;
        }
        return entry;
    }

    private KeyedStateBackend<SeriesKey> backend() {
        return getKeyedStateBackend();
    }
}
