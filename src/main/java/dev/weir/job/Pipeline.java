package dev.weir.job;

import dev.weir.books.BooksOperator;
import dev.weir.core.model.Aggregate;
import dev.weir.core.model.DeadLetter;
import dev.weir.core.model.Event;
import dev.weir.core.model.Reading;
import dev.weir.flink.GatherOperator;
import dev.weir.flink.IntakeOperator;
import dev.weir.flink.ReadingBatch;
import dev.weir.flink.SeriesOperator;
import dev.weir.flink.WeirTypes;
import dev.weir.generation.Run;
import dev.weir.sink.deadletter.DeadLetterFormat;
import dev.weir.sink.deadletter.DeadLetterRecord;
import dev.weir.sink.deadletter.DeadLetterSplitter;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;

/**
 * The graph, as a function of a source, sinks and configuration:
 *
 * <pre>
 *   events ─ intake ─ gather ══ by series ══ series ─┬─ readings ──► readings-lake
 *              │                               │     ├─ rows ──────► aggregates-lake
 *              │                               │     └─ rows ──────► postgres
 *              ├───────── dead letters ────────┼───────────────────► dead-letters
 *              └──────────── tallies ──────────┴───────────────────► books
 * </pre>
 *
 * <p>Everything up to the exchange (══) is one chain, so that a partition's order survives to its series. The names are what the web
 * UI shows; the uids are what savepoints know, and never change.
 */
public final class Pipeline {

    /** Where everything goes. Lakes are null where there is none; of the two ways to PostgreSQL at most one is not. */
    public record Sinks(
            Sink<Reading> readingsLake,
            Sink<Aggregate> aggregatesLake,
            OneInputStreamOperatorFactory<Aggregate, Void> postgres,
            Sink<Aggregate> postgresAtLeastOnce,
            DeadLetterFormat deadLetterFormat,
            Sink<DeadLetterRecord> deadLetters) {}

    /** What a test places at an edge of the graph; production places nothing. */
    public interface Edges {
        <T> DataStream<T> at(String edge, DataStream<T> stream);

        /** The operator that commits to PostgreSQL: as it is, or with something in the way of its commits. */
        default OneInputStreamOperatorFactory<Aggregate, Void> postgres(
                OneInputStreamOperatorFactory<Aggregate, Void> operator) {
            return operator;
        }
    }

    /** Places nothing. */
    public static final Edges STRAIGHT = new Edges() {
        @Override
        public <T> DataStream<T> at(String edge, DataStream<T> stream) {
            return stream;
        }
    };

    /** Puts the graph into the environment. */
    public static void build(
            StreamExecutionEnvironment env, Source<Event, ?, ?> source, Sinks sinks, Run run, Edges edges) {
        Descriptions says = new Descriptions(run.config());
        var events = env.fromSource(source, WatermarkStrategy.noWatermarks(), "Events from Kafka", WeirTypes.EVENT)
                .uid("events")
                .setDescription(says.events());

        var intake = edges.at("events", events)
                .transform("Decode and check", WeirTypes.READING, new IntakeOperator(run))
                .uid("intake")
                .setDescription(says.intake());

        var series = edges.at("readings", intake)
                .transform("Gather by subtask", WeirTypes.BATCH, new GatherOperator())
                .uid("gather")
                .setDescription(says.gather())
                .keyBy(ReadingBatch::route, WeirTypes.SERIES_KEY)
                .transform("Series: validate, deduplicate, aggregate", WeirTypes.READING, new SeriesOperator(run))
                .uid("series")
                .setDescription(says.series());

        if (sinks.readingsLake() != null) {
            edges.at("accepted", series)
                    .sinkTo(sinks.readingsLake())
                    .name("Readings to the lake")
                    .uid("readings-lake")
                    .setDescription(says.readingsLake());
        }
        DataStream<Aggregate> rows = edges.at("rows", series.getSideOutput(SeriesOperator.AGGREGATES));
        if (sinks.aggregatesLake() != null) {
            rows.sinkTo(sinks.aggregatesLake())
                    .name("Aggregates to the lake")
                    .uid("aggregates-lake")
                    .setDescription(says.aggregatesLake());
        }
        if (sinks.postgres() != null) {
            rows.transform("Aggregates to PostgreSQL", Types.VOID, edges.postgres(sinks.postgres()))
                    .uid("postgres")
                    .setDescription(says.postgres());
        }
        if (sinks.postgresAtLeastOnce() != null) {
            // A uid of its own: exactly-once may still hold rows in its state, which another sink would not find.
            rows.sinkTo(sinks.postgresAtLeastOnce())
                    .name("Aggregates to PostgreSQL, at least once")
                    .uid("postgres-at-least-once")
                    .setDescription(says.postgres());
        }
        DataStream<DeadLetter> rejected = edges.at("rejected", intake.getSideOutput(IntakeOperator.DEAD_LETTERS))
                .union(edges.at("keyed-rejected", series.getSideOutput(SeriesOperator.DEAD_LETTERS)));
        rejected.flatMap(new DeadLetterSplitter(sinks.deadLetterFormat()))
                .name("Write dead letters")
                .uid("dead-letter-records")
                .setDescription(says.deadLetterRecords())
                .sinkTo(sinks.deadLetters())
                .name("Dead letters to Kafka")
                .uid("dead-letters")
                .setDescription(says.deadLetters());

        edges.at("counted", intake.getSideOutput(IntakeOperator.TALLIES))
                .union(edges.at("keyed-counted", series.getSideOutput(SeriesOperator.TALLIES)))
                .transform("Books and fence", Types.VOID, new BooksOperator(run))
                .uid("books")
                .setDescription(says.books())
                .setParallelism(1)
                .setMaxParallelism(1);
    }

    private Pipeline() {}
}
