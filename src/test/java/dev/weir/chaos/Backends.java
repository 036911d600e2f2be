package dev.weir.chaos;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The job's connections, as the server sees them. */
final class Backends {
    private static final String OF_THE_JOB =
            " FROM pg_stat_activity WHERE application_name LIKE 'weir-%' AND pid <> pg_backend_pid()";

    /** All of them have ended. @return how many there were */
    static int terminateAll(Connection superuser) throws SQLException {
        return number(superuser, "SELECT count(*) FILTER (WHERE pg_terminate_backend(pid, 5000))" + OF_THE_JOB);
    }

    /** The process number of one that waits for a lock with a statement that the regular expression finds, or 0. */
    static int waitingForALock(Connection superuser, String statement) throws SQLException {
        return number(
                superuser,
                "SELECT coalesce(max(pid), 0)" + OF_THE_JOB + " AND wait_event_type = 'Lock' AND query ~ '" + statement
                        + "'");
    }

    static int number(Connection superuser, String query) throws SQLException {
        try (Statement statement = superuser.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getInt(1);
        }
    }

    private Backends() {}
}
