package dev.weir.generation;

import dev.weir.core.series.Generation;
import java.util.Set;

/**
 * Implements {@link Lineage} without a database. The lake's fence is all that it knows, and that is enough: a
 * generation whose first checkpoint never completed has left nothing behind, so its number may be given again.
 */
final class LakeLineage implements Lineage {

    @Override
    public Generation admit(Claim claim, Position lakeFence) {
        Set<String> written = lakeFence.equals(Position.NONE) ? Set.of() : Set.of(claim.lakePath());
        PipelineHistory history = new PipelineHistory(lakeFence.generation(), false, lakeFence, written);
        Generation kept = Admission.kept(claim, history);
        return kept != null ? kept : Admission.next(claim, history);
    }
}
