package dev.weir.sink.postgres;

import dev.weir.core.model.Aggregate;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.connector.jdbc.datasource.statements.JdbcQueryStatement;

/**
 * The guarded upsert as the connector wants it; makes a row's year before it joins the batch.
 *
 * <p>That is right because the connector binds a whole batch on the client before it sends any of it, on a connection in auto-commit
 * mode: the year is a transaction of its own, before the data's.
 */
final class UpsertStatement implements JdbcQueryStatement<Aggregate> {
    private static final long serialVersionUID = 1L;

    /** The statement that {@link #years} is about. A retry prepares a new one, and so asks for the years anew. */
    private transient PreparedStatement current;

    private transient Set<Integer> years;

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
        }
        int year = AggregateUpsert.year(row);
        if (!years.contains(year)) {
            Years.ensure(statement.getConnection(), List.of(year));
            years.add(year);
        }
        AggregateUpsert.bind(statement, row);
    }
}
