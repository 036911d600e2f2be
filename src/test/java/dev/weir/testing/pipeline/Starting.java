package dev.weir.testing.pipeline;

import dev.weir.config.WeirConfig;
import dev.weir.job.Pipeline;
import java.util.Map;

/**
 * How a job of a {@link PipelineLife} is started.
 *
 * @param base says what to do with events; name, topic and sinks are the pipeline's
 * @param from savepoint or checkpoint; null for a start without state
 * @param lake last part of the lake's path
 * @param options Flink's, in place of the usual ones
 * @param pipeline its name; null for the usual one
 * @param topic to read; null for the usual one
 */
public record Starting(
        WeirConfig base,
        WeirConfig.Start.Mode mode,
        String from,
        boolean rewind,
        String lake,
        int parallelism,
        Pipeline.Edges edges,
        Map<String, String> options,
        String pipeline,
        String topic) {

    /** Without state, from the earliest event. */
    public static Starting fresh(WeirConfig base) {
        return new Starting(
                base, WeirConfig.Start.Mode.EARLIEST, null, false, "lake", 1, Pipeline.STRAIGHT, Map.of(), null, null);
    }

    /** From state, with everything else left at its default. */
    public static Starting from(String path, WeirConfig base) {
        return new Starting(
                base,
                WeirConfig.Start.Mode.COMMITTED_OR_EARLIEST,
                path,
                false,
                "lake",
                1,
                Pipeline.STRAIGHT,
                Map.of(),
                null,
                null);
    }

    public Starting atDefault() {
        return new Starting(
                base,
                WeirConfig.Start.Mode.COMMITTED_OR_EARLIEST,
                from,
                rewind,
                lake,
                parallelism,
                edges,
                options,
                pipeline,
                topic);
    }

    public Starting rewinding(String toLake) {
        return new Starting(base, mode, from, true, toLake, parallelism, edges, options, pipeline, topic);
    }

    public Starting parallel(int subtasks) {
        return new Starting(base, mode, from, rewind, lake, subtasks, edges, options, pipeline, topic);
    }

    public Starting with(Pipeline.Edges placed) {
        return new Starting(base, mode, from, rewind, lake, parallelism, placed, options, pipeline, topic);
    }

    /** With these of Flink's options in place of the usual ones. */
    public Starting with(Map<String, String> flink) {
        return new Starting(base, mode, from, rewind, lake, parallelism, edges, flink, pipeline, topic);
    }

    /** From a topic of another name. */
    public Starting reading(String other) {
        return new Starting(base, mode, from, rewind, lake, parallelism, edges, options, pipeline, other);
    }

    /** Under another name than the one that state, tables and topics have. */
    public Starting named(String other) {
        return new Starting(base, mode, from, rewind, lake, parallelism, edges, options, other, topic);
    }
}
