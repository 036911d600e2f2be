package dev.weir.flink;

import dev.weir.core.decode.RecordJson;
import dev.weir.core.model.Aggregate;
import dev.weir.core.model.Counter;
import dev.weir.core.model.DeadLetter;
import dev.weir.core.model.Reading;
import dev.weir.core.model.Reject;
import dev.weir.core.model.Tally;
import dev.weir.core.series.SeriesOutput;
import java.util.List;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Emits the results of the series machine to the outputs of {@link SeriesOperator}. Counts each of them twice: in the metrics, which start
 * at zero with each attempt, and in the tally, which goes to the books.
 */
final class SeriesEmitter implements SeriesOutput {
    private final Output<StreamRecord<Reading>> output;
    private final SeriesMetrics metrics;
    private final BatchReader batch;
    private final int generation;
    private final boolean lettersHoldReadings;

    private final StreamRecord<Reading> record = new StreamRecord<>(null);
    private final Tally tally = new Tally();
    private final RecordJson payloads = new RecordJson();

    /** Processing time of the current batch or timer, epoch milliseconds. Set by the operator. */
    long nowMillis;
    /** Index of the current reading in the batch. Set by the operator. */
    int at;

    /**
     * Creates the emitter.
     *
     * @param batch contains the events of the readings that are judged
     * @param lettersHoldReadings whether a dead letter contains the reading instead of the whole event
     */
    SeriesEmitter(
            Output<StreamRecord<Reading>> output,
            SeriesMetrics metrics,
            BatchReader batch,
            int generation,
            boolean lettersHoldReadings) {
        this.output = output;
        this.metrics = metrics;
        this.batch = batch;
        this.generation = generation;
        this.lettersHoldReadings = lettersHoldReadings;
    }

    @Override
    public void accepted(Reading reading) {
        metrics.accepted(reading, nowMillis);
        tally.accepted(reading.quality());
        output.collect(record.replace(reading));
    }

    @Override
    public void rejected(Reading reading, Reject reject) {
        metrics.rejected(reject.reason());
        tally.add(Counter.READINGS_REJECTED);
        tally.add(Counter.rejected(reject.reason()));
        tally.add(Tally.Extra.DEAD_LETTERS, 1);
        if (tally.lacksExample(reject.reason())) {
            tally.example(reject.reason(), Examples.text(reading.origin(), reading.series(), reject));
        }
        DeadLetter letter = new DeadLetter(
                reading.origin(),
                List.of(reject),
                batch.eventKey(at),
                payloads.of(batch.eventValue(at), batch.eventSchema(at)),
                lettersHoldReadings ? reading : null,
                generation);
        output.collect(SeriesOperator.DEAD_LETTERS, new StreamRecord<>(letter));
    }

    @Override
    public void emitted(Aggregate row, Cause cause) {
        metrics.emitted(cause);
        tally.add(Tally.Extra.ROWS, 1);
        output.collect(SeriesOperator.AGGREGATES, new StreamRecord<>(row));
    }

    /** Counts a reading that came from another partition than the reading before it in its series. */
    void countPartitionSwitch() {
        metrics.partitionSwitches.inc();
        tally.add(Tally.Extra.PARTITION_SWITCHES, 1);
    }

    /** Emits the tally since the last call, unless it is empty. */
    void sendTally() {
        if (!tally.isEmpty()) {
            output.collect(SeriesOperator.TALLIES, new StreamRecord<>(tally.take()));
        }
    }
}
