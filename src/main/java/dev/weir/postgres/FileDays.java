package dev.weir.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** Creates the daily partitions of {@code weir_files}, each before the first row of its day, and drops old ones. */
public final class FileDays {
    private static final String ENSURE = "SELECT weir_ensure_file_day(?::date)";
    private static final String DROP = "SELECT weir_drop_file_days(?::interval)";

    /** The SQLSTATE of weir_ensure_file_day for a day whose table was detached. */
    private static final String DETACHED = "42P07";

    private FileDays() {}

    /**
     * Creates and commits the partitions of the days. The connection must be in auto-commit mode, because readers wait for a transaction
     * that creates a day.
     *
     * @return the days whose tables were detached, so that their rows have no place
     */
    public static Set<LocalDate> ensure(Connection connection, Collection<LocalDate> days) throws SQLException {
        requireAutoCommit(connection);
        Set<LocalDate> detached = new TreeSet<>();
        try (PreparedStatement ensure = connection.prepareStatement(ENSURE)) {
            for (LocalDate day : days) {
                ensure.setString(1, day.toString());
                try {
                    ensure.execute();
                } catch (SQLException e) {
                    if (!DETACHED.equals(e.getSQLState())) {
                        throw e;
                    }
                    detached.add(day);
                }
            }
        }
        return detached;
    }

    /**
     * Drops and commits the partitions of the days that ended longer ago than that by the server's clock. The connection must be in
     * auto-commit mode.
     *
     * @param keep at least a day
     * @return the number of days
     */
    public static int drop(Connection connection, Duration keep) throws SQLException {
        requireAutoCommit(connection);
        try (PreparedStatement drop = connection.prepareStatement(DROP)) {
            drop.setString(1, keep.toSeconds() + " seconds");
            try (ResultSet row = drop.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    private static void requireAutoCommit(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            throw new IllegalStateException("the days of weir_files want a transaction of their own");
        }
    }
}
