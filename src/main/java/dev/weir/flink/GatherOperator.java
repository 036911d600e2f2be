package dev.weir.flink;

import dev.weir.core.model.Reading;
import dev.weir.core.model.SeriesKey;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.runtime.io.network.api.writer.ResultPartitionWriter;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.graph.NonChainedOutput;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.partitioner.KeyGroupStreamPartitioner;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.StreamTask;

/**
 * Gathers readings into batches, one for each subtask behind the exchange. Flink's cost for a record is then paid once for dozens of
 * readings, and names are sent as numbers. Chained between {@link IntakeOperator} and the exchange.
 *
 * <p><b>Input.</b> Readings.
 *
 * <p><b>Output.</b> The same readings in batches, in their order for each subtask. All are sent before each barrier, and after {@link
 * #LINGER} at the latest.
 *
 * <p><b>State.</b> None.
 */
public final class GatherOperator extends AbstractStreamOperator<ReadingBatch>
        implements OneInputStreamOperator<Reading, ReadingBatch> {
    private static final long serialVersionUID = 1L;

    private static final Duration LINGER = Duration.ofMillis(5);
    /** Makes Flink's cost for a record negligible. More would only fill the processor's caches. */
    private static final int MAX_READINGS = 128;
    /** Size of a network buffer. */
    private static final int MAX_BYTES = 32 << 10;

    /** Readings whose names are prefetched together. */
    private static final int HELD_READINGS = 64;

    private transient BatchWriter[] writers;
    private transient Reading[] held;
    private transient int[] hashes;
    private transient BatchWriter[] to;
    private transient int count;
    /** Never read; keeps the JIT from removing the prefetch loads. */
    @SuppressWarnings("UnusedVariable")
    private transient int prefetched;

    /** Flink counts a batch as one record. These counters add the other readings of each batch. */
    private transient Counter sentByOperator;

    private transient Counter sentByTask;

    private transient int maxParallelism;
    private transient boolean timed;
    private transient StreamRecord<ReadingBatch> record;

    @Override
    public void open() throws Exception {
        super.open();
        StreamTask<?, ?> task = getContainingTask();
        List<NonChainedOutput> outputs = task.getConfiguration().getVertexNonChainedOutputs(getUserCodeClassloader());
        for (int i = 0; i < outputs.size(); i++) {
            if (outputs.get(i).getPartitioner() instanceof KeyGroupStreamPartitioner) {
                // The partitioner uses this number. The one in the graph may be outdated, since a scheduler can change
                // it.
                ResultPartitionWriter exchange = task.getEnvironment().getWriter(i);
                maxParallelism = exchange.getNumTargetKeyGroups();
                createWriters(exchange.getNumberOfSubpartitions());
            }
        }
        if (writers == null) {
            throw new IllegalStateException("no keyed exchange follows " + getOperatorName());
        }
        held = new Reading[HELD_READINGS];
        hashes = new int[HELD_READINGS];
        to = new BatchWriter[HELD_READINGS];
        record = new StreamRecord<>(null);
        sentByOperator = metrics.getIOMetricGroup().getNumRecordsOutCounter();
        sentByTask = new SimpleCounter();
        metrics.getTaskIOMetricGroup().reuseRecordsOutputCounter(sentByTask);
    }

    private void createWriters(int subtasks) {
        int seriesPlaces = Math.max(
                BatchWriter.LEAST_SERIES_PLACES, BatchWriter.SERIES_PLACES / Integer.highestOneBit(2 * subtasks - 1));
        writers = new BatchWriter[subtasks];
        for (int i = 0; i < subtasks; i++) {
            writers[i] = new BatchWriter(getRuntimeContext().getTaskInfo().getIndexOfThisSubtask(), seriesPlaces);
        }
    }

    @Override
    public void processElement(StreamRecord<Reading> element) throws Exception {
        Reading reading = element.getValue();
        held[count++] = reading;
        if (count == held.length || isHuge(reading)) {
            gather();
        }
        if (!timed) {
            timed = true;
            long due = getProcessingTimeService().getCurrentProcessingTime() + LINGER.toMillis();
            var unused = getProcessingTimeService().registerTimer(due, ignored -> {
                timed = false;
                sendAll();
            });
        }
    }

    /** Returns whether the reading's event is too large to hold even a few of its kind on the heap. */
    private static boolean isHuge(Reading reading) {
        return reading.eventValue() != null && reading.eventValue().length > MAX_BYTES;
    }

    /** Passes the held readings to the writers. Prefetches the table entries of all readings first, so that the loads overlap. */
    private void gather() throws IOException {
        for (int i = 0; i < count; i++) {
            SeriesKey series = held[i].series();
            hashes[i] = series.hashCode();
            to[i] = writers[
                    KeyGroupRangeAssignment.assignKeyToParallelOperator(series, maxParallelism, writers.length)];
            prefetched ^= to[i].prefetch(hashes[i]);
        }
        for (int i = 0; i < count; i++) {
            prefetched ^= to[i].prefetchNames(hashes[i]);
        }
        for (int i = 0; i < count; i++) {
            to[i].add(held[i]);
            held[i] = null;
            if (to[i].count() >= MAX_READINGS || to[i].bytes() >= MAX_BYTES) {
                send(to[i]);
            }
        }
        count = 0;
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        super.prepareSnapshotPreBarrier(checkpointId);
        sendAll();
    }

    @Override
    public void finish() throws Exception {
        sendAll();
        super.finish();
    }

    private void sendAll() throws IOException {
        gather();
        for (BatchWriter writer : writers) {
            if (writer.count() > 0) {
                send(writer);
            }
        }
    }

    private void send(BatchWriter writer) throws IOException {
        // The web UI and the autoscaler count records. Readings are comparable on both sides of the exchange, while
        // the number of batches depends on the load.
        sentByOperator.inc(writer.count() - 1L);
        sentByTask.inc(writer.count() - 1L);
        output.collect(record.replace(writer.take()));
    }
}
