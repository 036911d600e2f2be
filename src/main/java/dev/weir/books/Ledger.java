package dev.weir.books;

import dev.weir.core.model.Tally;
import dev.weir.generation.Position;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** Stores the books and the fence outside the job. */
interface Ledger {

    /**
     * Stores the totals as of the position and the files that were finished before it, and raises the fence to it.
     * Writing an older position changes nothing.
     *
     * @throws dev.weir.failure.RefusedException if a newer run has taken over
     */
    void write(Position position, Tally totals, List<FinishedFile> files) throws SQLException, IOException;
}
