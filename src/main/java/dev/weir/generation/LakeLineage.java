package dev.weir.generation;

import dev.weir.core.series.Generation;
import java.util.Set;

/**
 * {@link Lineage} where there is no database: the lake's fence is all there is to know, and it is enough. A generation whose first
 * checkpoint never completed has left nothing behind, so its number may be given again.
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
