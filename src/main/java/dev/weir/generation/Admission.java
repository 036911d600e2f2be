package dev.weir.generation;

import dev.weir.core.series.Generation;

/** The rules of DESIGN.md, section 6, "Generation" and "Fence": whether a claim is admitted, and into which generation. Pure. */
final class Admission {

    /**
     * The generation that the claim goes on with, or null when it needs a new one.
     *
     * @throws RefusedException when it must not start
     */
    static Generation kept(Claim claim, Known known) {
        if (claim.restoredMark() == null) {
            refuseDefaultStart(claim, known);
            return null;
        }
        if (rewinds(claim, known)) {
            refuseRewind(claim, known);
            return null;
        }
        Generation restored = claim.restoredMark().generation();
        boolean sameRules = claim.verdicts().equals(claim.restoredMark().verdicts());
        // A later generation that never completed a checkpoint may still have shown rows, at least once: they must be
        // outranked.
        return sameRules && restored.number() >= known.greatest() ? restored : null;
    }

    /** The generation that is allocated for a claim that none is kept for. Only a start without state makes partial rows. */
    static Generation next(Claim claim, Known known) {
        int restored = claim.restoredMark() == null
                ? 0
                : claim.restoredMark().generation().number();
        return new Generation(Math.max(known.greatest(), restored) + 1, claim.restoredMark() == null);
    }

    private static boolean rewinds(Claim claim, Known known) {
        return claim.restored().compareTo(known.fence()) < 0;
    }

    private static void refuseDefaultStart(Claim claim, Known known) {
        if (known.inDatabase() && known.greatest() > 0 && claim.defaultStart()) {
            throw new RefusedException("weir.kafka.start must be set for a start without state: pipeline "
                    + claim.pipeline() + " has run before (generation " + known.greatest() + " in the database)."
                    + " Say where to begin: earliest, latest or an ISO instant, or start from a savepoint");
        }
    }

    private static void refuseRewind(Claim claim, Known known) {
        if (!claim.rewindAllowed()) {
            throw new RefusedException(
                    "weir.restore.rewind is false, and the state to start from (" + claim.restored()
                            + ") is older than what pipeline " + claim.pipeline() + " has committed (" + known.fence()
                            + "). Start from a newer checkpoint or savepoint, or set weir.restore.rewind: true with a new weir.lake.path");
        }
        if (claim.lakePath() != null && known.lakePaths().contains(claim.lakePath())) {
            throw new RefusedException("weir.lake.path must be a new one for a rewind: " + claim.lakePath()
                    + " already holds the readings that would be written again");
        }
    }

    private Admission() {}
}
