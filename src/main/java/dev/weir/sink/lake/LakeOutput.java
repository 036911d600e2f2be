package dev.weir.sink.lake;

import dev.weir.config.WeirConfig;
import dev.weir.doctor.Area;
import dev.weir.generation.Fence;
import dev.weir.output.Output;
import dev.weir.output.Results;

/**
 * Writes both tables of the lake. Files cannot be replaced by a later generation, so a rewind needs another path. The
 * lake's fence is a file beside the tables.
 */
public final class LakeOutput implements Output {
    private final WeirConfig.Lake lake;
    private final String pipeline;

    public LakeOutput(WeirConfig.Lake lake, String pipeline) {
        this.lake = lake;
        this.pipeline = pipeline;
    }

    @Override
    public void attach(Results results) {
        results.readings()
                .sinkTo(LakeSink.readings(lake, pipeline))
                .name("Readings to the lake")
                .uid("readings-lake")
                .setDescription("Readings to the lake: accepted ones, Parquet by day");
        results.aggregates()
                .sinkTo(LakeSink.aggregates(lake, pipeline))
                .name("Aggregates to the lake")
                .uid("aggregates-lake")
                .setDescription("Aggregates to the lake: every emission, Parquet by day");
    }

    @Override
    public Area area() {
        return new LakeArea(lake);
    }

    @Override
    public Fence fence() {
        return new LakeFence(lake.path(), pipeline);
    }
}
