package dev.weir.restart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.config.WeirConfig;
import dev.weir.core.CoreRun;
import dev.weir.core.model.Event;
import dev.weir.core.series.SeriesStateCodec;
import dev.weir.testing.kept.KeptState;
import dev.weir.testing.pipeline.PipelineJob;
import dev.weir.testing.pipeline.PipelineLife;
import dev.weir.testing.pipeline.PipelineRig;
import dev.weir.testing.pipeline.RunningPipeline;
import dev.weir.testing.pipeline.Starting;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Writes the test resources of the present state format; to be run once for each, with the code that introduces it (docs/state.md).
 * It writes over no other format's.
 */
@EnabledIfSystemProperty(named = "weir.state.keep", matches = "true")
class KeepStateIT {
    private static final Duration READ_WITHIN = Duration.ofMinutes(1);

    private final KeptState kept = KeptState.ofFormat(SeriesStateCodec.VERSION);
    private final WeirConfig config = KeptState.config();

    @Test
    void keepsWhatThisFormatLooksLike() throws Exception {
        assertThat(kept.savepoint()).as("made once, and never again").doesNotExist();
        List<Event> events = KeptState.newEvents();
        List<Event> before = events.subList(0, events.size() / 2);
        kept.keepEvents(before, events.subList(before.size(), events.size()));
        CoreRun core = new CoreRun(config);
        core.feed(before);
        kept.keepSeries(core.stored());
        try (PipelineRig rig = new PipelineRig()) {
            copy(Path.of(URI.create(savepoint(rig, before))), kept.savepoint());
        }
    }

    /** Stops with the first snapshot ever taken: everything that the job has made is still in it. */
    private String savepoint(PipelineRig rig, List<Event> before) throws Exception {
        PipelineLife life =
                new PipelineLife(rig, KeptState.PIPELINE, rig.postgres().newDatabase(), KeptState.PARTITIONS);
        life.send(before);
        RunningPipeline running =
                life.start(Starting.fresh(config).with(Map.of("execution.checkpointing.interval", "1 d")));
        PipelineJob seen =
                new PipelineJob(rig.broker(), rig.postgres(), rig.cluster(), running.config()).attach(running.id());
        await().atMost(READ_WITHIN).until(() -> seen.greatest(".eventsRead").orElse(0) == before.size());
        return running.stop();
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
