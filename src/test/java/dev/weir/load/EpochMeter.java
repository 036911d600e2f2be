package dev.weir.load;

import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Hands everything on, and shows as a metric how many records the greatest epoch had so far. */
final class EpochMeter<T> extends AbstractStreamOperator<T> implements OneInputStreamOperator<T, T> {
    private static final long serialVersionUID = 1L;
    /** Records between two barriers, the greatest number so far, the open epoch included. */
    static final String GREATEST_EPOCH = "greatestEpoch";

    private transient volatile long greatest;
    private transient long open;

    @Override
    public void open() throws Exception {
        super.open();
        getMetricGroup().gauge(GREATEST_EPOCH, (Gauge<Long>) () -> greatest);
    }

    @Override
    public void processElement(StreamRecord<T> element) {
        open++;
        greatest = Math.max(greatest, open);
        output.collect(element);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        open = 0;
    }
}
