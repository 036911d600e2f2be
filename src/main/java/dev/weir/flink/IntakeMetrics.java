package dev.weir.flink;

import dev.weir.core.check.Intake;
import dev.weir.core.model.FileOutcome;
import dev.weir.core.model.Reason;
import dev.weir.core.model.Reject;
import dev.weir.metrics.WeirMetrics;
import java.util.EnumMap;
import java.util.Map;
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
    private final Counter filesAnnounced;
    private final Map<FileOutcome.Kind, Counter> files = new EnumMap<>(FileOutcome.Kind.class);
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
        filesAnnounced = weir.counter("filesAnnounced");
        files.put(FileOutcome.Kind.READ, weir.counter("filesRead"));
        files.put(FileOutcome.Kind.REPEATED, weir.counter("filesRepeated"));
        files.put(FileOutcome.Kind.REJECTED, weir.counter("filesRejected"));
        files.put(FileOutcome.Kind.IGNORED, weir.counter("filesIgnored"));
        weir.gauge("waitingForRegistry", () -> waiting ? 1 : 0);
    }

    /** Says whether decoding waits for something outside. */
    void waiting(boolean now) {
        waiting = now;
    }

    void lost(long offsets) {
        offsetsLost.inc(offsets);
    }

    /** Counts an announced file. A rejected one is also an event. */
    void file(FileOutcome outcome) {
        filesAnnounced.inc();
        files.get(outcome.kind()).inc();
        if (outcome.kind() == FileOutcome.Kind.REJECTED) {
            eventsRead.inc();
            eventsRejected.inc();
            eventsRejectedBy.count(outcome.reject().reason());
        }
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
