package dev.weir.sink.postgres;

import dev.weir.config.WeirConfig;
import dev.weir.config.WeirConfig.Postgres.Delivery;
import dev.weir.core.model.Aggregate;
import dev.weir.doctor.Area;
import dev.weir.output.Output;
import dev.weir.output.Results;
import dev.weir.postgres.Migrations;
import dev.weir.postgres.PostgresArea;
import dev.weir.postgres.TransactionCheck;
import java.util.function.UnaryOperator;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Writes aggregates to PostgreSQL in the delivery that {@code weir.postgres.delivery} names. Needs no fence: the guard of the upsert lets a
 * greater generation supersede an earlier one, so a rewind may write to the same table.
 */
public final class PostgresOutput implements Output {
    private final WeirConfig config;
    private final TransactionCheck check;
    private final UnaryOperator<BatchCommitter.Factory> wrapping;

    /**
     * Creates the output.
     *
     * @param check whether this job may still write; at-least-once does not use it
     */
    public PostgresOutput(WeirConfig config, TransactionCheck check) {
        this(config, check, UnaryOperator.identity());
    }

    private PostgresOutput(WeirConfig config, TransactionCheck check, UnaryOperator<BatchCommitter.Factory> wrapping) {
        this.config = config;
        this.check = check;
        this.wrapping = wrapping;
    }

    /** Returns the same output with wrapped committers. Tests use it to interfere between a commit and its acknowledgement. */
    PostgresOutput around(UnaryOperator<BatchCommitter.Factory> other) {
        return new PostgresOutput(config, check, other);
    }

    @Override
    public void prepare() {
        if (config.postgres().migrate()) {
            Migrations.apply(config.postgres());
        } else {
            Migrations.check(config.postgres());
        }
    }

    @Override
    public void attach(Results results) {
        DataStream<Aggregate> rows = results.aggregates();
        String description = "Aggregates to PostgreSQL: " + config.postgres().schema() + ".sensor_aggregates, "
                + config.postgres().delivery();
        if (config.postgres().delivery() == Delivery.EXACTLY_ONCE) {
            rows.transform("Aggregates to PostgreSQL", Types.VOID, PostgresSinks.exactlyOnce(config, check, wrapping))
                    .uid("postgres")
                    .setDescription(description);
        } else {
            // It has a uid of its own, because the state of exactly-once may still contain rows, which another sink
            // would not find.
            rows.sinkTo(PostgresSinks.atLeastOnce(config))
                    .name("Aggregates to PostgreSQL, at least once")
                    .uid("postgres-at-least-once")
                    .setDescription(description);
        }
    }

    @Override
    public Area area() {
        return new PostgresArea(config.postgres(), config.pipeline());
    }
}
