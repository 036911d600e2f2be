package dev.weir.sink.postgres;

import dev.weir.core.model.Aggregate;
import dev.weir.postgres.Years;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.connector.jdbc.datasource.statements.JdbcQueryStatement;

/**
 * The guarded upsert for the connector. Creates a row's year before the row joins the batch, and sends the batch before it would contain
 * two revisions of a row. The driver turns a batch into few inserts of many rows, which halves the work of the server, but such an insert
 * always fails if it changes a row twice.
 *
 * <p>This is safe because the connector binds a batch row by row on a connection in auto-commit mode, and repeats all of it after a
 * failure. The year, and rows that are sent early, are transactions of their own, and the guard makes repeating them harmless.
 */
final class UpsertStatement implements JdbcQueryStatement<Aggregate> {
    private static final long serialVersionUID = 1L;

    /** The batch is also sent at this number of keys, because nothing tells when the connector has sent it. */
    private static final int MOST_KEYS = 10_000;

    /**
     * Number of discarded rows after which it checks again whether their year is attached. Each check costs a round trip and a line in the
     * server's log.
     */
    private static final int ASK_AGAIN_AFTER = 1_000;

    /** The statement to which the fields below apply. A retry prepares a new one and so checks the years again. */
    private transient PreparedStatement current;

    private transient Set<Integer> years;
    /** Rows of {@link #detached} years since those were checked. */
    private transient int discarded;

    private transient Set<Integer> detached;
    /** Contains at least the keys of the rows that are bound and not sent. */
    private transient Set<RowKey> keys;

    @Override
    public String query() {
        return AggregateUpsert.ONE_ROW;
    }

    @Override
    @SuppressWarnings("ReferenceEquality")
    public void statement(PreparedStatement statement, Aggregate row) throws SQLException {
        if (statement != current) {
            current = statement;
            years = new HashSet<>();
            detached = new HashSet<>();
            keys = new HashSet<>();
        }
        int year = AggregateUpsert.year(row);
        if (!hasPlace(year, statement)) {
            ((BatchMetrics.Discarding) statement).discardNext(year);
            return;
        }
        RowKey key = RowKey.of(row);
        if (keys.size() == MOST_KEYS || keys.contains(key)) {
            statement.executeBatch();
            keys.clear();
        }
        keys.add(key);
        AggregateUpsert.bind(statement, row);
    }

    /** Returns whether the year's partition exists. Creates it if possible. */
    private boolean hasPlace(int year, PreparedStatement statement) throws SQLException {
        if (years.contains(year)) {
            return true;
        }
        if (detached.contains(year) && ++discarded % ASK_AGAIN_AFTER != 0) {
            return false;
        }
        detached.remove(year);
        Set<Integer> refused = Years.ensure(statement.getConnection(), List.of(year));
        detached.addAll(refused);
        if (refused.isEmpty()) {
            years.add(year);
        }
        return refused.isEmpty();
    }
}
