package dev.weir.sink.postgres;

import dev.weir.postgres.TransactionCheck;
import java.sql.Connection;
import java.sql.SQLException;

/** Something that happens inside a commit's transaction, before its rows; null for nothing. */
final class Hook implements TransactionCheck {
    private static final long serialVersionUID = 1L;

    transient volatile TransactionCheck action;

    @Override
    public void check(Connection connection) throws SQLException {
        TransactionCheck now = action;
        if (now != null) {
            now.check(connection);
        }
    }
}
