package dev.weir.job;

import dev.weir.books.BooksOperator;
import dev.weir.core.model.DeadLetter;
import dev.weir.core.model.Event;
import dev.weir.flink.GatherOperator;
import dev.weir.flink.IntakeOperator;
import dev.weir.flink.ReadingBatch;
import dev.weir.flink.SeriesOperator;
import dev.weir.flink.WeirTypes;
import dev.weir.generation.Run;
import dev.weir.output.Output;
import dev.weir.output.Results;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Builds the graph from a source, outputs and configuration:
 *
 * <pre>
 *   events ─ intake ─ gather ══ by series ══ series ─┬─ readings ──► readings-lake
 *              │                               │     ├─ rows ──────► aggregates-lake
 *              │                               │     └─ rows ──────► postgres
 *              ├───────── dead letters ────────┼───────────────────► dead-letters
 *              └──────────── tallies ──────────┴───────────────────► books
 * </pre>
 *
 * <p>All operators before the exchange (══) are one chain, which keeps the order of a partition up to its series. The
 * web UI shows the names. Savepoints know the uids, which never change. The sinks on the right come from the
 * {@link Output}s that the configuration names, except the books.
 */
public final class Pipeline {

    /** Lets a test insert operators at the edges of the graph. Production inserts nothing. */
    public interface Edges {
        /**
         * Returns the stream, possibly with a test's operators behind it.
         *
         * @param edge the edge's name, such as {@code rows}
         */
        <T> DataStream<T> at(String edge, DataStream<T> stream);

        /** Returns the output as it is, or one whose commits a test can disturb. */
        default Output output(Output output) {
            return output;
        }
    }

    /** Inserts nothing. */
    public static final Edges STRAIGHT = new Edges() {
        @Override
        public <T> DataStream<T> at(String edge, DataStream<T> stream) {
            return stream;
        }
    };

    /** Puts the graph into the environment. */
    public static void build(
            StreamExecutionEnvironment env, Source<Event, ?, ?> source, List<Output> outputs, Run run, Edges edges) {
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

        DataStream<DeadLetter> rejected = edges.at("rejected", intake.getSideOutput(IntakeOperator.DEAD_LETTERS))
                .union(edges.at("keyed-rejected", series.getSideOutput(SeriesOperator.DEAD_LETTERS)));
        Results results = new Results(
                edges.at("accepted", series),
                edges.at("rows", series.getSideOutput(SeriesOperator.AGGREGATES)),
                rejected);
        outputs.forEach(output -> edges.output(output).attach(results));

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
