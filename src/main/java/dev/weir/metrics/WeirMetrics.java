package dev.weir.metrics;

import org.apache.flink.metrics.MetricGroup;

/** Where every metric of Weir hangs. */
public final class WeirMetrics {

    /** The group {@code weir} of an operator, with the pipeline's name, which reporters carry as a label. */
    public static MetricGroup group(MetricGroup operator, String pipeline) {
        return operator.addGroup("weir").addGroup("pipeline", pipeline);
    }

    /** The group of one sink below it, with the sink's name as a further label. */
    public static MetricGroup sink(MetricGroup operator, String pipeline, String sink) {
        return group(operator, pipeline).addGroup("sink", sink);
    }

    private WeirMetrics() {}
}
