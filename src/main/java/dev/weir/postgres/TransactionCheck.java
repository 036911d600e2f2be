package dev.weir.postgres;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Checks whether this job may still write, first in every transaction that writes rows. An unchecked exception of it
 * fails the job unchanged. An {@link SQLException} is treated like one of the write itself.
 */
@FunctionalInterface
public interface TransactionCheck extends Serializable {
    TransactionCheck NONE = connection -> {};

    void check(Connection connection) throws SQLException;
}
