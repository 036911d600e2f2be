package dev.weir.books;

import dev.weir.core.model.Tally;
import dev.weir.generation.Position;
import java.io.IOException;
import java.sql.SQLException;

/** Where the books and the fence are kept. */
interface Ledger {

    /**
     * The totals are those as of that position, and the fence is at least there. Writing an older position changes nothing.
     *
     * @throws dev.weir.failure.RefusedException when a newer run has taken over
     */
    void write(Position position, Tally totals) throws SQLException, IOException;
}
