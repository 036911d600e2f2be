package dev.weir.generation;

import dev.weir.core.series.Generation;
import dev.weir.failure.RefusedException;
import java.io.IOException;
import java.sql.SQLException;

/** Remembers the runs, generations and fence of pipelines. Safe to use from several processes at once. */
public interface Lineage {

    /**
     * Registers the claim's run as the newest and settles its generation. The same claim made again gets the same
     * answer.
     *
     * @param lakeFence the fence as the lake knows it; {@link Position#NONE} for none
     * @throws RefusedException if the run must not go on
     */
    Generation admit(Claim claim, Position lakeFence) throws SQLException, IOException;
}
