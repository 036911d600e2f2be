package dev.weir.generation;

import dev.weir.core.series.Generation;
import dev.weir.failure.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Decides whether a claim is admitted, and into which generation: the table of docs/adr/0005-generations-runs-fence.md. Pure. */
final class Admission {
    private static final String CURE =
            " restore it from a backup, or start without state and with an explicit weir.kafka.start (docs/guarantees.md)";

    /**
     * The generation that the claim goes on with, or null when it needs a new one.
     *
     * @throws RefusedException when it must not start
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
        // A later generation that never completed a checkpoint may still have shown rows, at least once: they must be
        // outranked.
        return sameRules && restored.number() >= history.greatest() ? restored : null;
    }

    /** The generation that is allocated for a claim that none is kept for. Only a start without state makes partial rows. */
    static Generation next(Claim claim, PipelineHistory history) {
        int restored = claim.stored() == null ? 0 : claim.stored().generation().number();
        return new Generation(Math.max(history.greatest(), restored) + 1, claim.stored() == null);
    }

    /**
     * What a start from state does not find outside, for the log: it was committed before, and nobody will write it again. That
     * is right for a sink that was added now, so it is no refusal.
     *
     * @param database the fence as the database knows it
     * @param lake the fence as the lake knows it
     * @param lakePaths every lake that an earlier run had
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
                    + " another database, or gone, and are not written again. If that is not meant (PostgreSQL was added now), stop, and"
                    + CURE);
        }
        if (lake.equals(Position.NONE) && !database.equals(Position.NONE) && lakePaths.contains(claim.lakePath())) {
            missing.add("weir.lake.path: " + claim.lakePath() + " was written to by pipeline " + claim.pipeline()
                    + ", and has no fence of it now: it was deleted or emptied. Readings that were committed there ("
                    + database + " and before) are not written again. If that is not meant, stop, and" + CURE);
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
