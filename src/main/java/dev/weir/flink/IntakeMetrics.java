package dev.weir.flink;

import dev.weir.core.check.Intake;
import dev.weir.core.model.Reason;
import dev.weir.core.model.Reject;
import dev.weir.metrics.WeirMetrics;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** The metrics of {@link IntakeOperator}, in group {@code weir}; counts since the start of this attempt. */
final class IntakeMetrics {
    private final Counter eventsRead;
    private final Counter offsetsLost;
    private final Counter eventsRejected;
    private final Map<Reason, Counter> eventsRejectedBy = new EnumMap<>(Reason.class);
    private final Counter eventsEmpty;
    private final Counter readingsDecoded;
    private final Map<Reason, Counter> readingsRejected = new EnumMap<>(Reason.class);

    IntakeMetrics(MetricGroup operator, String pipeline) {
        MetricGroup weir = WeirMetrics.group(operator, pipeline);
        eventsRead = weir.counter("eventsRead");
        offsetsLost = weir.counter("offsetsLost");
        eventsRejected = weir.counter("eventsRejected");
        eventsEmpty = weir.counter("eventsEmpty");
        readingsDecoded = weir.counter("readingsDecoded");
        for (Reason reason : new Reason[] {Reason.MALFORMED, Reason.MISSING_FIELD, Reason.WRONG_TYPE}) {
            eventsRejectedBy.put(reason, weir.addGroup("reason", reason.name()).counter("eventsRejected"));
        }
        for (Reason reason : Reason.values()) {
            if (reason != Reason.MALFORMED && reason.compareTo(Reason.LATE) < 0) {
                readingsRejected.put(reason, WeirMetrics.rejected(weir, reason));
            }
        }
    }

    void lost(long offsets) {
        offsetsLost.inc(offsets);
    }

    void event(Intake.Result result) {
        eventsRead.inc();
        if (result.eventReject() != null) {
            eventsRejected.inc();
            eventsRejectedBy.get(result.eventReject().reason()).inc();
            return;
        }
        if (result.slots() == 0) {
            eventsEmpty.inc();
        }
        readingsDecoded.inc(result.slots());
        for (Reject reject : result.rejects()) {
            readingsRejected.get(reject.reason()).inc();
        }
    }
}
