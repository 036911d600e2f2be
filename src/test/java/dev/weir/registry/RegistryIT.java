package dev.weir.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.config.WeirConfig;
import dev.weir.core.catalog.Avro;
import dev.weir.core.model.Reason;
import dev.weir.testing.Certificates;
import dev.weir.testing.LogLines;
import dev.weir.testing.RegistryServer;
import dev.weir.testing.generate.TestConfigs;
import dev.weir.testing.oracle.Oracle;
import dev.weir.testing.oracle.Outcome;
import dev.weir.testing.pipeline.PipelineLife;
import dev.weir.testing.pipeline.PipelineRig;
import dev.weir.testing.pipeline.PipelineRun;
import dev.weir.testing.pipeline.RunningPipeline;
import dev.weir.testing.pipeline.Starting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.api.common.JobStatus;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole job reads Avro by a schema registry that is away now and then. */
class RegistryIT {
    /** Outages are shorter here than where there is time: {@code -Dweir.registry.away.seconds=60}. */
    private static final Duration AWAY = Duration.ofSeconds(Integer.getInteger("weir.registry.away.seconds", 12));

    private static final int EVENTS = 400;

    @TempDir
    Path directory;

    @Test
    void waitsForTheRegistryAtTheStartInTheMiddleAndAtARestart() throws Exception {
        Certificates certificates = Certificates.in(directory.resolve("certificates"));
        try (RegistryServer registry = RegistryServer.secured(certificates);
                LogLines log = LogLines.of("dev.weir.flink.IntakeOperator");
                PipelineRig rig = new PipelineRig()) {
            AvroFeed feed = new AvroFeed();
            AvroFeed.register(registry);
            registry.stop();
            PipelineLife life = new PipelineLife(rig, "registry", rig.postgres().newDatabase(), AvroFeed.PARTITIONS);
            WeirConfig config = AvroFeed.config(access(registry, certificates));

            life.send(feed.next(EVENTS, false));
            RunningPipeline first = life.start(Starting.fresh(config).parallel(2));
            waits(rig, life, first, 0);
            registry.start();
            first.awaitRead(1, EVENTS);

            registry.stop();
            life.send(feed.next(EVENTS, true));
            waits(rig, life, first, EVENTS);
            registry.start();
            first.awaitRead(1, 2 * EVENTS);
            String checkpoint = first.cancel();
            assertThat(first.restarts()).isZero();

            registry.stop();
            life.send(feed.next(EVENTS, true));
            RunningPipeline second =
                    life.start(Starting.from(checkpoint, config).parallel(2));
            waits(rig, life, second, 2 * EVENTS);
            registry.start();
            PipelineRun run = second.awaitRead(1, 3 * EVENTS).drain();

            assertThat(second.restarts()).isZero();
            Outcome fold = new Oracle(twin(run.config())).judge(feed.twins(life.name()));
            assertThat(fold.rejects())
                    .extracting("reason")
                    .contains(Reason.MALFORMED, Reason.LATE, Reason.OUT_OF_RANGE);
            run.assertRight(fold);
            assertThat(run.rejects())
                    .filteredOn(reject -> reject.reason() == Reason.MALFORMED)
                    .isNotEmpty()
                    .allMatch(reject -> reject.detail().equals("the schema registry has no schema 99"));
            assertThat(log.of(Level.WARN))
                    .isNotEmpty()
                    .allMatch(line -> line.contains("avro.registry.url: " + registry.url() + ": no connection"))
                    .noneMatch(line -> line.contains(RegistryServer.PASSWORD));
        }
    }

    /** Nothing is read for so long, and the job keeps running. */
    private static void waits(PipelineRig rig, PipelineLife life, RunningPipeline job, long read) {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> rig.cluster().getJobStatus(job.id()).get() == JobStatus.RUNNING);
        await().during(AWAY)
                .atMost(AWAY.multipliedBy(2))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> rig.cluster().getJobStatus(job.id()).get() == JobStatus.RUNNING
                        && life.books(1).getOrDefault("events.read", 0L) == read);
    }

    private static Avro.Registry access(RegistryServer registry, Certificates certificates) {
        Map<String, String> ssl =
                Map.of("ssl.truststore.location", certificates.authorityPem().toString(), "ssl.truststore.type", "PEM");
        return new Avro.Registry(registry.url(), RegistryServer.USER, RegistryServer.PASSWORD, ssl);
    }

    /** The same pipeline for the events as JSON. */
    private static WeirConfig twin(WeirConfig config) {
        return TestConfigs.withInput(
                config, TestConfigs.longJson().catalog().inputs().get(0));
    }
}
