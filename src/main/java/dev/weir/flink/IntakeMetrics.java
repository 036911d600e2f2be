package dev.weir.flink;

import dev.weir.core.check.Intake;
import dev.weir.core.model.Reason;
import dev.weir.core.model.Reject;
import dev.weir.metrics.WeirMetrics;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** The metrics of {@link IntakeOperator}, in group {@code weir}. They count from the start of this attempt. */
final class IntakeMetrics {
    private final Counter eventsRead;
    private final Counter offsetsLost;
    private final Counter eventsRejected;
    private final RejectCounters eventsRejectedBy;
    private final Counter eventsEmpty;
    private final Counter readingsDecoded;
    private final RejectCounters readingsRejected;
    /** Read by the reporter's thread. */
    private volatile boolean waiting;

    IntakeMetrics(MetricGroup operator, String pipeline) {
        MetricGroup weir = WeirMetrics.group(operator, pipeline);
        eventsRead = weir.counter("eventsRead");
        offsetsLost = weir.counter("offsetsLost");
        eventsRejected = weir.counter("eventsRejected");
        eventsEmpty = weir.counter("eventsEmpty");
        readingsDecoded = weir.counter("readingsDecoded");
        eventsRejectedBy = new RejectCounters(weir, "eventsRejected", Reason.Level.EVENT);
        readingsRejected = new RejectCounters(weir, "readingsRejected", Reason.Level.READING);
        weir.gauge("waitingForRegistry", () -> waiting ? 1 : 0);
    }

    /** Says whether decoding waits for something outside. */
    void waiting(boolean now) {
        waiting = now;
    }

    void lost(long offsets) {
        offsetsLost.inc(offsets);
    }

    void event(Intake.Result result) {
        eventsRead.inc();
        if (result.eventReject() != null) {
            eventsRejected.inc();
            eventsRejectedBy.count(result.eventReject().reason());
            return;
        }
        if (result.slots() == 0) {
            eventsEmpty.inc();
        }
        readingsDecoded.inc(result.slots());
        for (Reject reject : result.rejects()) {
            readingsRejected.count(reject.reason());
        }
    }
}
