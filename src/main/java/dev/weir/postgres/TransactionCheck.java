package dev.weir.postgres;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Looks, first thing in every transaction that writes rows, whether this job may still write. An unchecked exception of it fails the job
 * as it is; an {@link SQLException} is treated like one of the write itself.
 */
@FunctionalInterface
public interface TransactionCheck extends Serializable {
    TransactionCheck NONE = connection -> {};

    void check(Connection connection) throws SQLException;
}
