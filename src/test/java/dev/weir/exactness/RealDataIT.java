package dev.weir.exactness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.model.Reason;
import dev.weir.testing.generate.RealData;
import dev.weir.testing.generate.TestConfigs;
import dev.weir.testing.pipeline.PipelineRig;
import dev.weir.testing.pipeline.PipelineRun;
import dev.weir.testing.pipeline.Server;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that real motes sent, most of them behind their mote's clock, through the whole job. */
class RealDataIT {
    @Server
    static PipelineRig rig;

    @ParameterizedTest
    @ValueSource(strings = {"PT2M", "P1D"})
    void agreesWithTheOracleOnTheIntelSlice(Duration lateness) throws Exception {
        PipelineRun run = rig.run(TestConfigs.intel(lateness), RealData.intel(), 2);

        run.assertRight();
        assertThat(run.job().getVertices())
                .as("the greatest parallelism is part of every savepoint")
                .allMatch(vertex ->
                        vertex.getMaxParallelism() == (vertex.getName().contains("Books") ? 1 : 720));
        // That is not for want of anything to compare: readings pass, and many come too late.
        assertThat(run.readings()).hasSizeGreaterThan(1_000);
        assertThat(run.rejects()).filteredOn(r -> r.reason() == Reason.LATE).hasSizeGreaterThan(1_000);
    }
}
