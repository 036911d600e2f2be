package dev.weir.restart;

import dev.weir.config.WeirConfig;
import dev.weir.core.model.Event;
import dev.weir.core.model.Origin;
import dev.weir.core.series.SeriesStateCodec;
import dev.weir.testing.kept.KeptState;
import dev.weir.testing.oracle.Oracle;
import dev.weir.testing.oracle.Outcome;
import dev.weir.testing.outputs.Outcomes;
import dev.weir.testing.outputs.Rows;
import dev.weir.testing.pipeline.PipelineLife;
import dev.weir.testing.pipeline.PipelineRig;
import dev.weir.testing.pipeline.PipelineRun;
import dev.weir.testing.pipeline.Starting;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The job goes on from the kept savepoint of every state format, at another parallelism, and comes to what the oracle makes of all
 * events. Broker, database and lake are new ones: what waited in the savepoint for its commit comes from there, but the lake's files
 * and the Kafka transactions that it names are gone.
 */
class KeptStateIT {
    private final WeirConfig config = KeptState.config();

    static IntStream formats() {
        return IntStream.rangeClosed(1, SeriesStateCodec.VERSION);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void goesOnFromTheSavepointOfFormat(int format) throws Exception {
        KeptState kept = KeptState.ofFormat(format);
        try (PipelineRig rig = new PipelineRig()) {
            PipelineLife life =
                    new PipelineLife(rig, KeptState.PIPELINE, rig.postgres().newDatabase(), KeptState.PARTITIONS);
            life.send(kept.before());
            life.send(kept.after());
            String savepoint = kept.savepoint().toAbsolutePath().toUri().toString();
            PipelineRun run = life.start(Starting.from(savepoint, config).parallel(2))
                    .awaitRead(1, life.sent().size())
                    .drain();

            Outcome expected = new Oracle(run.config()).judge(life.sent());
            Outcomes.assertAggregates(expected.aggregates(), run.rows());
            Outcomes.assertBooks(expected.books(), run.books());
            Set<Origin> since = PipelineRig.inTopic(kept.after(), KeptState.PIPELINE).stream()
                    .map(Event::origin)
                    .collect(Collectors.toSet());
            Outcomes.assertReadings(
                    expected.readings().stream()
                            .filter(reading -> since.contains(reading.origin()))
                            .toList(),
                    run.readings().stream().map(Rows::accepted).toList());
            Outcomes.assertRejects(
                    expected.rejects().stream()
                            .filter(reject -> since.contains(reject.origin()))
                            .toList(),
                    List.copyOf(run.rejects()));
        }
    }
}
