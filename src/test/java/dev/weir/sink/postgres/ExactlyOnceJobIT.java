package dev.weir.sink.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.config.WeirConfig;
import dev.weir.core.model.Aggregate;
import dev.weir.testing.PostgresServer;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whole jobs: the operator among Flink's real tasks, mailboxes and checkpoints. */
@Timeout(90)
class ExactlyOnceJobIT {
    private static final int SENSORS = 500;
    private static final long ROWS = 20_000;
    private static final long ROWS_PER_SECOND = 10_000;

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
        assertThat(server.rows(url, "SELECT count(*), min(revision), max(revision) FROM sensor_aggregates"))
                .containsExactly("500|40|40");
    }

    @Test
    void anErrorThatNobodyButAPersonMendsEndsTheJobThoughItMayRestart() {
        server.execute(url, "ALTER TABLE sensor_aggregates DROP COLUMN mean");

        assertThatThrownBy(() -> run(new ToRow()))
                .hasStackTraceContaining("public.sensor_aggregates")
                .hasStackTraceContaining("column \"mean\" does not exist");
    }

    private void run(ToRow mapper) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 5);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(2);
        env.enableCheckpointing(100);
        env.fromSource(
                        new DataGeneratorSource<>(
                                i -> i, ROWS, RateLimiterStrategy.perSecond(ROWS_PER_SECOND), Types.LONG),
                        WatermarkStrategy.noWatermarks(),
                        "numbers")
                .map(mapper)
                .returns(TypeInformation.of(Aggregate.class))
                .keyBy(row -> row.series().sensorId())
                .transform(
                        "PostgreSQL",
                        Types.VOID,
                        PostgresSinks.exactlyOnce(config(server.options(url)), TransactionCheck.NONE))
                .uid("postgres");
        env.execute();
    }

    private static class ToRow extends RichMapFunction<Long, Aggregate> {
        private static final long serialVersionUID = 1L;

        @Override
        public Aggregate map(Long i) {
            return Rows.row("s" + i % SENSORS, 1, false, i / SENSORS + 1);
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
