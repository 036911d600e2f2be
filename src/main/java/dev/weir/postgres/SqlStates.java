package dev.weir.postgres;

import java.sql.SQLException;
import java.util.List;

/** Tells transient errors from errors that somebody must repair. */
public final class SqlStates {
    static final String LOCK_NOT_AVAILABLE = "55P03";

    /**
     * The SQLSTATEs, or their first characters, of transient errors. Class 08: the connection; 25006: read-only (a
     * standby before its promotion); 25P03, 25P04: the session or transaction took longer than {@link Session} allows;
     * 40001, 40P01: serialization, deadlock; 53: disk, memory or connections exhausted; 55P03: lock not available; 57P:
     * shutdown, crash, starting up; 57014: canceled, statement timeout.
     */
    private static final List<String> TRANSIENT =
            List.of("08", "25006", "25P03", "25P04", "40001", "40P01", "53", LOCK_NOT_AVAILABLE, "57P", "57014");

    /** Raised by {@code weir_ensure_year}, and by the server if a type has the name of a new table. */
    static final String NAME_TAKEN = "42710";

    private static final String WRONG_PASSWORD = "28P01";

    private SqlStates() {}

    /**
     * Returns whether an error is transient.
     *
     * @param state five characters, or null if the driver has none, which counts as not transient
     * @param succeededBefore whether these credentials have worked; a wrong password then means that it is being
     *     rotated
     */
    public static boolean isTransient(String state, boolean succeededBefore) {
        return state != null
                && (TRANSIENT.stream().anyMatch(state::startsWith) || succeededBefore && state.equals(WRONG_PASSWORD));
    }

    /**
     * Returns whether the server cannot be reached, or is starting or stopping. Other transient errors come from a
     * server that answers.
     */
    public static boolean isAway(String state) {
        return state != null && (state.startsWith("08") || state.startsWith("57P"));
    }

    /**
     * Returns whether the error is about values of a row (class 22: data exception, 23: constraint), so that one row
     * can be the cause.
     */
    public static boolean isOfTheData(String state) {
        return state != null && (state.startsWith("22") || state.startsWith("23"));
    }

    /** Returns the cure for an error that is not transient, as a sentence. */
    static String cure(String state) {
        String name = state == null ? "" : state;
        if (name.startsWith("28") || name.equals("3D000")) {
            return "Check weir.postgres.url, .user and .password or .password-file";
        }
        return switch (name) {
            case "42501" -> "Grant the role the rights in docs/postgres.md";
            case "42P01", "42703", "42883", "3F000", "42P10", "42804" ->
                "Let Weir bring the tables up to date (weir.postgres.migrate: true), or undo the manual changes in them";
            case NAME_TAKEN ->
                "Drop or rename the object that has the name of the partition; an archived year or day that was given to another"
                        + " owner needs another name, too (docs/postgres.md, \"Old years\"). Then start again from the"
                        + " last checkpoint: no row is lost";
            case "23514" ->
                "Drop the check constraint that was added by hand; or, if no partition was found, give the year's"
                        + " partition the bounds of the year in UTC (docs/postgres.md, \"Old years\")";
            default ->
                "Correct the cause that the server names, then start again from the last checkpoint: no row is lost";
        };
    }

    /**
     * Returns a message with the failed action, the server's error and the cure.
     *
     * @param what the option and the action that failed
     */
    public static String refusal(String what, SQLException e) {
        return what + ": " + e.getMessage() + " [" + e.getSQLState() + "]. " + cure(e.getSQLState());
    }
}
