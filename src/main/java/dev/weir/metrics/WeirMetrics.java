package dev.weir.metrics;

import org.apache.flink.metrics.MetricGroup;

/** Makes the metric groups that hold all of Weir's metrics. */
public final class WeirMetrics {

    /** Returns the group {@code weir} of an operator. Reporters carry the pipeline's name as a label. */
    public static MetricGroup group(MetricGroup operator, String pipeline) {
        return operator.addGroup("weir").addGroup("pipeline", pipeline);
    }

    /** Returns the group of one sink below {@link #group}, with the sink's name as a further label. */
    public static MetricGroup sink(MetricGroup operator, String pipeline, String sink) {
        return group(operator, pipeline).addGroup("sink", sink);
    }

    private WeirMetrics() {}
}
