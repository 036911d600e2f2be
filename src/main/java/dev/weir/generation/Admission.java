package dev.weir.generation;

import dev.weir.core.series.Generation;
import dev.weir.failure.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Decides whether a start is admitted, and into which generation. It is the table of
 * docs/adr/0005-generations-runs-fence.md as a pure function.
 */
final class Admission {
    private static final String CURE =
            " restore it from a backup, or start without state and with an explicit weir.kafka.start (docs/guarantees.md)";

    /**
     * Returns the generation that the start continues, or null if it needs a new one.
     *
     * @throws RefusedException if the pipeline must not start
     */
    static Generation kept(Claim claim, PipelineHistory history) {
        if (claim.stored() == null) {
            refuseDefaultStart(claim, history);
            return null;
        }
        if (rewinds(claim, history)) {
            refuseRewind(claim, history);
            return null;
        }
        Generation restored = claim.stored().generation();
        boolean sameRules = claim.verdicts().equals(claim.stored().verdicts());
        // A later generation that never completed a checkpoint may still have shown rows, at least once. The rows of
        // this run must outrank them, so it needs a new generation.
        return sameRules && restored.number() >= history.greatest() ? restored : null;
    }

    /**
     * Returns the new generation of a start for which {@link #kept} returned null. Only a start without state makes
     * partial rows.
     */
    static Generation next(Claim claim, PipelineHistory history) {
        int restored = claim.stored() == null ? 0 : claim.stored().generation().number();
        return new Generation(Math.max(history.greatest(), restored) + 1, claim.stored() == null);
    }

    /**
     * Returns warnings about committed rows that this start expects outside but does not find there. Nobody will write
     * those rows again. It is no refusal, because a sink that was added now is empty for a good reason.
     *
     * @param database the fence as the database knows it
     * @param lake the fence as the lake knows it
     * @param lakePaths every lake path of an earlier run
     */
    static List<String> missing(Claim claim, Position database, Position lake, Set<String> lakePaths) {
        List<String> missing = new ArrayList<>();
        if (claim.stored() == null) {
            return missing;
        }
        if (database.equals(Position.NONE)) {
            missing.add("weir.postgres.url: this database knows nothing of pipeline " + claim.pipeline()
                    + ", which is started from its state (" + claim.restored()
                    + "): rows that were committed before are in"
                    + " another database, or gone, and are not written again. Unless that is intended (PostgreSQL was added now), stop, and"
                    + CURE);
        }
        if (lake.equals(Position.NONE) && !database.equals(Position.NONE) && lakePaths.contains(claim.lakePath())) {
            missing.add("weir.lake.path: " + claim.lakePath() + " was written to by pipeline " + claim.pipeline()
                    + ", and has no fence of it now: it was deleted or emptied. Readings that were committed there ("
                    + database + " and before) are not written again. Unless that is intended, stop, and" + CURE);
        }
        return missing;
    }

    private static boolean rewinds(Claim claim, PipelineHistory history) {
        return claim.restored().compareTo(history.fence()) < 0;
    }

    private static void refuseDefaultStart(Claim claim, PipelineHistory history) {
        if (history.inDatabase() && history.greatest() > 0 && claim.defaultStart()) {
            throw new RefusedException(DefaultStart.refusal(claim.pipeline(), history.greatest()));
        }
    }

    private static void refuseRewind(Claim claim, PipelineHistory history) {
        if (!claim.rewindAllowed()) {
            throw new RefusedException(
                    "weir.restore.rewind is false, and the state to start from (" + claim.restored()
                            + ") is older than what pipeline " + claim.pipeline() + " has committed (" + history.fence()
                            + "). Start from a newer checkpoint or savepoint, or set weir.restore.rewind: true with a new weir.lake.path");
        }
        if (claim.lakePath() != null && history.lakePaths().contains(claim.lakePath())) {
            throw new RefusedException("weir.lake.path must be a new one for a rewind: " + claim.lakePath()
                    + " already holds the readings that would be written again");
        }
    }

    private Admission() {}
}
