package dev.weir.generation;

import dev.weir.config.WeirConfig;
import dev.weir.config.parse.Durations;
import dev.weir.core.series.Generation;
import dev.weir.failure.RefusedException;
import dev.weir.postgres.Connections;
import dev.weir.postgres.SqlStates;
import dev.weir.retry.Attempts;
import dev.weir.retry.Backoff;
import dev.weir.retry.Pause;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the generation of one operator. The generation is settled when the operator's state is initialized. It is kept
 * in broadcast operator state {@code generation}, a short text that is equal in every subtask. Every operator that
 * writes a generation into its output has one.
 *
 * <p>Do not change it to union list state: Flink then declines every checkpoint between the moment when the first
 * subtask reaches the end of a bounded input and the moment when the last one does.
 */
public final class GenerationState {
    private static final Logger LOG = LoggerFactory.getLogger(GenerationState.class);
    private static final MapStateDescriptor<String, String> DESCRIPTOR =
            new MapStateDescriptor<>("generation", Types.STRING, Types.STRING);
    /** The key of the present {@link StoredGeneration}. Savepoints hold it, so it never changes. */
    private static final String GENERATION = "mark";
    /** The key of the pipeline's name. State of an early release lacks it. */
    private static final String PIPELINE = "pipeline";
    /** The prefix of the keys that hold units: one for each metric that a catalog ever had. */
    private static final String UNIT = "unit of ";

    /** The pause before another try. It spares a database that is starting up, and still continues soon after. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final BroadcastState<String, String> state;
    private final StoredGeneration current;
    private final Position restored;

    private GenerationState(BroadcastState<String, String> state, StoredGeneration current, Position restored) {
        this.state = state;
        this.current = current;
        this.restored = restored;
    }

    /**
     * Settles the generation. While the database is away this waits in the task's thread: no record flows yet, and
     * cancelling the task interrupts the wait.
     *
     * @throws RefusedException if this run must not start; fails the job without a restart
     */
    public static GenerationState settle(StateInitializationContext context, Run run) throws Exception {
        try {
            return settled(context, run);
        } catch (RefusedException e) {
            RefusalLog.once(run, e);
            throw e;
        }
    }

    private static GenerationState settled(StateInitializationContext context, Run run) throws Exception {
        BroadcastState<String, String> state = context.getOperatorStateStore().getBroadcastState(DESCRIPTOR);
        String text = state.get(GENERATION);
        StoredGeneration stored = text == null ? null : StoredGeneration.decoded(text);
        WeirConfig config = run.config();
        // These checks come first, because a start that is refused must not begin a generation.
        rememberPipeline(state, config.pipeline());
        rememberUnits(state, config);
        String verdicts = Verdicts.fingerprint(config);
        Claim claim = new Claim(
                config.pipeline(),
                run.id(),
                stored == null
                        ? Position.NONE
                        : new Position(
                                stored.generation().number(),
                                context.getRestoredCheckpointId().orElse(0)),
                stored,
                verdicts,
                run.fence().place(),
                config.kafka().start().mode() == WeirConfig.Start.Mode.COMMITTED_OR_EARLIEST,
                config.rewind());
        Generation generation = admitted(claim, run, context.isRestored());
        return new GenerationState(state, new StoredGeneration(generation, verdicts), claim.restored());
    }

    /** Returns the settled generation. */
    public Generation generation() {
        return current.generation();
    }

    /** Returns whether this start begins the generation. Numbers that are counted per generation then start at zero. */
    public boolean begunNow() {
        return restored.generation() != current.generation().number();
    }

    /** Returns the checkpoint that the state comes from; {@link Position#NONE} for a start without state. */
    public Position restored() {
        return restored;
    }

    /** Stores the generation; to be called from {@code snapshotState}. */
    public void snapshot() throws Exception {
        state.put(GENERATION, current.encoded());
    }

    private static void rememberPipeline(BroadcastState<String, String> state, String now) throws Exception {
        String before = state.get(PIPELINE);
        if (before != null && !before.equals(now)) {
            throw new RefusedException("weir.pipeline must stay " + before + " for a start from its state, got " + now
                    + ": fence, generations, books and Kafka transactions are kept under that name."
                    + " Set it back to " + before + ", or start without state, with a weir.lake.path of its own");
        }
        state.put(PIPELINE, now);
    }

    private static void rememberUnits(BroadcastState<String, String> state, WeirConfig config) throws Exception {
        Map<String, String> remembered = new HashMap<>();
        for (Map.Entry<String, String> entry : state.entries()) {
            if (entry.getKey().startsWith(UNIT)) {
                remembered.put(entry.getKey().substring(UNIT.length()), entry.getValue());
            }
        }
        for (Map.Entry<String, String> unit :
                MetricUnits.joined(remembered, config.catalog().metrics()).entrySet()) {
            state.put(UNIT + unit.getKey(), unit.getValue());
        }
    }

    private static Generation admitted(Claim claim, Run run, boolean workedBefore) throws Exception {
        WeirConfig config = run.config();
        if (config.postgres() == null) {
            return new LakeLineage().admit(claim, run.fence().read());
        }
        Lineage lineage = new PostgresLineage(new Connections(config.postgres(), config.pipeline()));
        Attempts attempts = new Attempts(LOG::warn, LOG::info, Backoff.constant(RETRY_AFTER));
        while (true) {
            try {
                Generation generation = lineage.admit(claim, run.fence().read());
                attempts.succeeded("The generation is settled");
                return generation;
            } catch (SQLException e) {
                if (!SqlStates.isTransient(e.getSQLState(), workedBefore)) {
                    throw new RefusedException(
                            SqlStates.refusal(
                                    "weir.postgres: the generation cannot be settled in weir_generations, weir_runs and weir_pipelines",
                                    e),
                            e);
                }
                Pause.WALL.pause(attempts.failed(retrying(e)));
            }
        }
    }

    /** Returns the log message for an error after which settling is tried again. */
    static String retrying(SQLException e) {
        String what = SqlStates.isAway(e.getSQLState())
                ? "weir.postgres.url: the database is away"
                : "weir.postgres: the generation cannot be settled now";
        return what + ", trying again in " + Durations.format(RETRY_AFTER) + ": " + e.getMessage() + " ["
                + e.getSQLState() + "]";
    }
}
