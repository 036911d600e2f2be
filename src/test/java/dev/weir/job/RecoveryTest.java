package dev.weir.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.WeirJob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.deployment.application.executors.EmbeddedExecutor;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.PipelineOptionsInternal;
import org.apache.flink.util.concurrent.ScheduledExecutorServiceAdapter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code main} as Flink's application mode calls it: in an environment with Flink's own embedded executor, here over a
 * dispatcher of the tests.
 */
class RecoveryTest {
    private static final JobID JOB = new JobID(17, 4);

    @TempDir
    private Path directory;

    private final List<String> asked = new ArrayList<>();
    private ScheduledExecutorService timer;

    @BeforeEach
    void startTimer() {
        timer = Executors.newSingleThreadScheduledExecutor();
    }

    @AfterEach
    void leaveTheContext() {
        ApplicationMode.leave();
        timer.shutdownNow();
    }

    /** Kafka and PostgreSQL are away, as when one outage took the JobManager with them. */
    @Test
    void aMainThatRunsAgainNeedsNothingThatTheRestoredJobCanWaitFor() throws Exception {
        inApplicationMode(List.of(JOB));

        WeirJob.main(arguments());

        assertThat(asked).as("a client of the restored job, and no submission").containsOnly("result");
    }

    /** The catalog was mounted, and has been changed or taken away since the job was submitted. */
    @Test
    void aMainThatRunsAgainDoesNotNeedTheCatalog() throws Exception {
        inApplicationMode(List.of(JOB));
        String[] arguments = arguments();
        Files.delete(directory.resolve("catalog.yaml"));

        WeirJob.main(arguments);

        assertThat(asked).containsOnly("result");
    }

    @Test
    void aFirstStartWithoutTheCatalogIsRefused() throws Exception {
        inApplicationMode(List.of());
        String[] arguments = arguments();
        Files.delete(directory.resolve("catalog.yaml"));

        assertThatThrownBy(() -> WeirJob.main(arguments)).hasMessageContaining("weir.catalog cannot be read");
    }

    @Test
    void aFirstStartFailsAtOnceAndSaysWhatIsAway() throws Exception {
        inApplicationMode(List.of());

        assertThatThrownBy(() -> WeirJob.main(arguments())).hasMessageStartingWith("weir.postgres.url: no connection");

        assertThat(asked).isEmpty();
    }

    /** One that another pipeline's job restored does not count. */
    @Test
    void anotherJobThatWasRestoredMakesNoRecovery() throws Exception {
        inApplicationMode(List.of(new JobID(1, 2)));

        assertThatThrownBy(() -> WeirJob.main(arguments())).hasMessageStartingWith("weir.postgres.url: no connection");
    }

    private void inApplicationMode(List<JobID> restored) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(DeploymentOptions.TARGET, EmbeddedExecutor.NAME);
        configuration.set(DeploymentOptions.ATTACHED, true);
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(10));
        configuration.set(PipelineOptionsInternal.PIPELINE_FIXED_JOB_ID, JOB.toHexString());
        ApplicationMode.enter(configuration, restored, asked, new ScheduledExecutorServiceAdapter(timer));
    }

    private String[] arguments() throws Exception {
        Path catalog = Files.copy(Path.of("flink-conf/catalog.yaml"), directory.resolve("catalog.yaml"));
        Map<String, String> options = Map.of(
                "weir.pipeline", "recovery",
                "weir.catalog", catalog.toString(),
                "weir.kafka.bootstrap-servers", "127.0.0.1:1",
                "weir.kafka.topics", "readings",
                "weir.postgres.url", "jdbc:postgresql://127.0.0.1:1/nowhere",
                "weir.postgres.user", "nobody",
                "weir.lake.path", directory.resolve("lake").toUri().toString());
        return options.entrySet().stream()
                .flatMap(option -> Stream.of("-D" + option.getKey() + "=" + option.getValue()))
                .toArray(String[]::new);
    }
}
