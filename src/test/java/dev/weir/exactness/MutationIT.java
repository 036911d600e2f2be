package dev.weir.exactness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.config.WeirConfig;
import dev.weir.core.model.Aggregate;
import dev.weir.core.model.DeadLetter;
import dev.weir.core.model.Event;
import dev.weir.core.model.Origin;
import dev.weir.core.model.Reading;
import dev.weir.core.model.SeriesKey;
import dev.weir.core.model.Tally;
import dev.weir.exactness.Mutation.Kind;
import dev.weir.testing.generate.Fault;
import dev.weir.testing.generate.TestConfigs;
import dev.weir.testing.generate.Workload;
import dev.weir.testing.oracle.Accepted;
import dev.weir.testing.oracle.Oracle;
import dev.weir.testing.oracle.Outcome;
import dev.weir.testing.pipeline.EdgeOperators;
import dev.weir.testing.pipeline.PipelineRig;
import dev.weir.testing.pipeline.PipelineRun;
import dev.weir.testing.pipeline.Server;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.util.function.SerializableFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A comparison that cannot fail proves nothing: one record lost, doubled or out of place at any edge of the graph must turn it red.
 *
 * <p>Lateness and disorder are 0. So each window is emitted exactly once and no later row hides one that was lost; and of two readings
 * of a series that change places, the first comes too late.
 */
class MutationIT {
    private static final WeirConfig CONFIG = TestConfigs.withoutLateness(TestConfigs.wideJson());
    /** One sensor a partition, few faults but of either kind: before the exchange and behind it. */
    private static final List<Event> EVENTS = new Workload(
                    CONFIG,
                    7,
                    3,
                    3,
                    100,
                    0.1,
                    List.of(Fault.MALFORMED, Fault.OUT_OF_RANGE, Fault.DUPLICATE, Fault.LATE))
            .events();

    private static final Outcome EXPECTED = new Oracle(CONFIG).judge(EVENTS);
    /** Accepted, and so is the next event of its partition, for a later time of the same series. */
    private static final Accepted IN_ORDER = firstOfTwoInOrder();

    @Server
    static PipelineRig rig;

    @Test
    void isGreenWithoutAMutation() throws Exception {
        rig.run(CONFIG, EVENTS, 1).assertRight();
    }

    @ParameterizedTest
    @ValueSource(strings = {"events", "readings", "accepted", "rejected", "keyed-rejected"})
    void aLostRecordShows(String edge) throws Exception {
        PipelineRun run = run(edge, Kind.DROP);
        assertRed(run, "missing");
        assertUnbalanced(run);
    }

    @ParameterizedTest
    @ValueSource(strings = {"events", "readings", "accepted", "rejected", "keyed-rejected"})
    void aDoubledRecordShows(String edge) throws Exception {
        PipelineRun run = run(edge, Kind.DOUBLE);
        // A doubled event or reading is rejected once more; behind that, the record itself is there twice.
        assertRed(run, edge.equals("accepted") ? "doubled" : "rejects: expected");
        assertUnbalanced(run);
    }

    @ParameterizedTest
    @CsvSource({"counted, DROP", "counted, DOUBLE", "keyed-counted, DROP", "keyed-counted, DOUBLE"})
    void aTallyLostOrDoubledShowsInTheBooks(String edge, Kind kind) throws Exception {
        assertUnbalanced(run(edge, kind));
    }

    /** It is not in the books. */
    @Test
    void aLostRowShows() throws Exception {
        assertRed(run("rows", Kind.DROP), "missing");
    }

    /** PostgreSQL's guard and the choice of the latest row both absorb it, as they should; the lake has it twice. */
    @Test
    void aDoubledRowShowsInTheLake() throws Exception {
        assertRed(run("rows", Kind.DOUBLE), "no revision of a window stands in the lake twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"events", "readings"})
    void twoRecordsInTheWrongOrderShowBeforeTheSeriesMachine(String edge) throws Exception {
        assertRed(run(edge, Kind.SWAP), "reason=LATE");
    }

    /**
     * Behind the series machine everything is decided, and what comes out is multisets: an order is neither promised nor visible. Windows
     * of a series meet no guard of another, either.
     */
    @ParameterizedTest
    @ValueSource(strings = {"accepted", "rows", "rejected", "keyed-rejected"})
    void theOrderBehindTheSeriesMachineDecidesNothing(String edge) throws Exception {
        PipelineRun run = run(edge, Kind.SWAP);
        assertThatCode(run::assertRight).doesNotThrowAnyException();
    }

    private static PipelineRun run(String edge, Kind kind) throws Exception {
        return rig.run(CONFIG, EVENTS, 1, new EdgeOperators(Map.of(edge, new EdgeOperators.Placed() {
            @Override
            public <T> OneInputStreamOperator<T, T> operator() {
                return new Mutation<>(kind, target(edge), MutationIT::group);
            }
        })));
    }

    private static void assertRed(PipelineRun run, String because) {
        assertThat(run.restarts()).isZero();
        assertThatThrownBy(run::assertRight).isInstanceOf(AssertionError.class).hasMessageContaining(because);
    }

    private static void assertUnbalanced(PipelineRun run) {
        assertThat(run.restarts()).isZero();
        assertThatThrownBy(run::assertBalanced)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("books");
    }

    /** Before the series machine the one record whose order counts, behind it the first that comes. */
    private static <T> SerializableFunction<T, Boolean> target(String edge) {
        if (!edge.equals("events") && !edge.equals("readings")) {
            return record -> true;
        }
        String series = IN_ORDER.series().toString(); // serializable, as a key is not
        int partition = IN_ORDER.origin().partition();
        long offset = IN_ORDER.origin().offset();
        return record -> {
            Origin origin = record instanceof Event event ? event.origin() : ((Reading) record).origin();
            boolean ofSeries = !(record instanceof Reading reading)
                    || reading.series().toString().equals(series);
            return ofSeries && origin.partition() == partition && origin.offset() == offset;
        };
    }

    private static Object group(Object record) {
        if (record instanceof Event event) {
            return event.origin().partition();
        }
        if (record instanceof Reading reading) {
            return reading.series();
        }
        if (record instanceof Aggregate row) {
            return row.series();
        }
        if (record instanceof Tally) {
            return "one of all";
        }
        return ((DeadLetter) record).origin().partition();
    }

    private static Accepted firstOfTwoInOrder() {
        Map<SeriesKey, List<Accepted>> bySeries =
                EXPECTED.readings().stream().collect(Collectors.groupingBy(Accepted::series));
        for (List<Accepted> readings : bySeries.values()) {
            readings.sort(Comparator.comparingLong(r -> r.origin().offset()));
            for (int i = 1; i < readings.size(); i++) {
                Accepted one = readings.get(i - 1);
                Accepted next = readings.get(i);
                boolean adjacent = next.origin().offset() == one.origin().offset() + 1;
                if (i > 5 && adjacent && next.eventTimeMicros() > one.eventTimeMicros()) {
                    return one;
                }
            }
        }
        throw new IllegalStateException("no two readings in order");
    }
}
