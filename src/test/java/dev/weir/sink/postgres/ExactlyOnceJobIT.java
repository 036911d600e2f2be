package dev.weir.sink.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.config.WeirConfig;
import dev.weir.core.model.Aggregate;
import dev.weir.flink.WeirTypes;
import dev.weir.postgres.Migrations;
import dev.weir.postgres.TransactionCheck;
import dev.weir.testing.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole jobs: the operator among Flink's real tasks, mailboxes and checkpoints. */
@Timeout(90)
class ExactlyOnceJobIT {
    private static final String COUNTS = "SELECT count(*), min(revision), max(revision) FROM sensor_aggregates";
    private static final int SENSORS = 500;
    private static final long ROWS = 20_000;
    private static final long ROWS_PER_SECOND = 5_000;

    private final PostgresServer server = PostgresServer.shared();
    private String url;

    @BeforeEach
    void tables() {
        url = server.newDatabase();
        Migrations.apply(server.options(url));
    }

    @Test
    void aBoundedJobThatFailsOnceEndsWithEverythingCommitted() throws Exception {
        run(new FailOnce());

        // Row i has sensor i % 500 and revision i / 500 + 1: the last of each is 20,000 / 500 = 40.
        assertThat(server.rows(url, COUNTS)).containsExactly("500|40|40");
    }

    @Test
    void anErrorThatNobodyButAPersonMendsEndsTheJobThoughItMayRestart() {
        server.execute(url, "ALTER TABLE sensor_aggregates DROP COLUMN mean");

        assertThatThrownBy(() -> run(new ToRow()))
                .hasStackTraceContaining("public.sensor_aggregates")
                .hasStackTraceContaining("column \"mean\" does not exist");
    }

    @Test
    void aJobThatIsStoppedWithASavepointHasItsRowsInTheTableAndGoesOnAtAnotherParallelism(@TempDir Path directory)
            throws Exception {
        JobClient first = job(new ToRow(), 2, null).executeAsync();
        await().until(() ->
                !server.rows(url, "SELECT 1 FROM sensor_aggregates LIMIT 1").isEmpty());
        String savepoint = first.stopWithSavepoint(false, directory.toUri().toString(), SavepointFormatType.CANONICAL)
                .get();
        first.getJobExecutionResult().get();
        List<String> stopped = server.rows(url, "SELECT sensor_id, revision FROM sensor_aggregates");
        assertThat(server.rows(url, "SELECT min(revision) < 40 FROM sensor_aggregates"))
                .containsExactly("t");

        job(new ToRow(), 3, savepoint).execute();

        // What was stopped had gone as far as the savepoint: nothing before it is sent again, and the end is complete.
        assertThat(stopped).isNotEmpty();
        assertThat(server.rows(url, COUNTS)).containsExactly("500|40|40");
    }

    @Test
    void aJobWhoseServerRefusesToWriteForAWhileStaysUp() throws Exception {
        String database = url.replaceAll(".*/", "");
        JobClient job = job(new NeverRestarted(), 2, null).executeAsync();
        await().until(() ->
                !server.rows(url, "SELECT 1 FROM sensor_aggregates LIMIT 1").isEmpty());
        server.execute(
                url,
                "ALTER DATABASE " + database + " SET default_transaction_read_only = on",
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'weir-test' AND datname = '"
                        + database + "'");
        List<String> before = server.rows(url, "SELECT max(updated_at) FROM sensor_aggregates");
        // It tries in vain, each time on a new connection.
        long sessions = sessions(database);
        await().atMost(Duration.ofSeconds(30)).until(() -> sessions(database) >= sessions + 3);
        assertThat(server.rows(url, "SELECT max(updated_at) FROM sensor_aggregates"))
                .isEqualTo(before);
        server.execute(
                url,
                "SET default_transaction_read_only = off",
                "ALTER DATABASE " + database + " RESET default_transaction_read_only");

        job.getJobExecutionResult().get();

        assertThat(server.rows(url, COUNTS)).containsExactly("500|40|40");
    }

    /** Connections that have been made to the database so far. */
    private long sessions(String database) {
        // Asked of another database, so that the question does not count.
        return Long.parseLong(
                server.rows(server.url(), "SELECT sessions FROM pg_stat_database WHERE datname = '" + database + "'")
                        .get(0));
    }

    private void run(ToRow mapper) throws Exception {
        job(mapper, 2, null).execute();
    }

    private StreamExecutionEnvironment job(ToRow mapper, int parallelism, String savepoint) {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 5);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
        if (savepoint != null) {
            configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        }
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(parallelism);
        env.setMaxParallelism(128);
        env.enableCheckpointing(100);
        DataGeneratorSource<Long> numbers =
                new DataGeneratorSource<>(i -> i, ROWS, RateLimiterStrategy.perSecond(ROWS_PER_SECOND), Types.LONG);
        env.fromSource(numbers, WatermarkStrategy.noWatermarks(), "numbers")
                .uid("numbers")
                .map(mapper)
                .uid("rows")
                .returns(WeirTypes.AGGREGATE)
                .keyBy(row -> row.series().sensorId())
                .transform(
                        "PostgreSQL",
                        Types.VOID,
                        PostgresSinks.exactlyOnce(
                                config(server.options(url)), TransactionCheck.NONE, factory -> factory))
                .uid("postgres");
        return env;
    }

    private static class ToRow extends RichMapFunction<Long, Aggregate> {
        private static final long serialVersionUID = 1L;

        @Override
        public Aggregate map(Long i) {
            return Rows.row("s" + i % SENSORS, 1, false, i / SENSORS + 1);
        }
    }

    private static final class NeverRestarted extends ToRow {
        private static final long serialVersionUID = 1L;

        @Override
        public Aggregate map(Long i) {
            assertThat(getRuntimeContext().getTaskInfo().getAttemptNumber()).isZero();
            return super.map(i);
        }
    }

    /** Fails in its first attempt, at the first row after a checkpoint has completed. */
    private static final class FailOnce extends ToRow implements CheckpointListener {
        private static final long serialVersionUID = 1L;
        private transient boolean completed;

        @Override
        public Aggregate map(Long i) {
            if (completed && getRuntimeContext().getTaskInfo().getAttemptNumber() == 0) {
                throw new IllegalStateException("as planned");
            }
            if (i == ROWS - 1) {
                assertThat(getRuntimeContext().getTaskInfo().getAttemptNumber()).isPositive();
            }
            return super.map(i);
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            completed = true;
        }
    }

    private static WeirConfig config(WeirConfig.Postgres options) {
        return new WeirConfig("test", null, null, List.of(), null, null, options, null, false, null);
    }
}
