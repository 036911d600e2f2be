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
 * The guarded upsert as the connector wants it: makes a row's year before it joins the batch, and sends the batch before it would hold two
 * revisions of a row. The driver makes of a batch few inserts of many rows, half the work for the server, and such an insert fails for ever
 * if it changes a row twice.
 *
 * <p>That is right because the connector binds a batch row by row on a connection in auto-commit mode, and repeats all of it after a failure:
 * the year, and what is sent before the rest, are transactions of their own, and the guard makes their repetition harmless.
 */
final class UpsertStatement implements JdbcQueryStatement<Aggregate> {
    private static final long serialVersionUID = 1L;

    /** The batch is sent at that many keys, too, for nothing says when the connector has sent it. */
    private static final int MOST_KEYS = 10_000;

    /** Discarded rows until it is looked whether their year has been attached again: a round trip and a line in the server's log each. */
    private static final int ASK_AGAIN_AFTER = 1_000;

    /** The statement that the rest is about. A retry prepares a new one, and so asks for the years anew. */
    private transient PreparedStatement current;

    private transient Set<Integer> years;
    /** Rows that the years below have had since they were asked for. */
    private transient int discarded;

    private transient Set<Integer> detached;
    /** At least those of the rows that have been bound and not sent. */
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

    /** Whether the year's partition exists; it is made if it can be. */
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
