package dev.weir.flink;

import dev.weir.core.model.Reason;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Where every metric of Weir hangs. */
public final class WeirMetrics {

    /** The group {@code weir} of an operator. */
    public static MetricGroup group(MetricGroup operator) {
        return operator.addGroup("weir");
    }

    /** The counter {@code readingsRejected} of one reason, which reporters carry as a label. */
    public static Counter rejected(MetricGroup weir, Reason reason) {
        return weir.addGroup("reason", reason.name()).counter("readingsRejected");
    }

    /** The counter {@code readingsFlagged} of one reason. */
    static Counter flagged(MetricGroup weir, Reason reason) {
        return weir.addGroup("reason", reason.name()).counter("readingsFlagged");
    }

    private WeirMetrics() {}
}
