package dev.weir.postgres;

import java.util.List;

/** Tells errors that pass by themselves from those that somebody must mend. */
public final class SqlStates {
    static final String LOCK_NOT_AVAILABLE = "55P03";

    /**
     * Class 08: the connection; 25006: read-only (a standby before its promotion); 25P03, 25P04: the session or transaction took longer
     * than {@link Session} allows; 40001, 40P01: serialization, deadlock; 53: disk, memory or connections exhausted; 55P03: lock not
     * available; 57P: shutdown, crash, starting up; 57014: canceled, statement timeout.
     */
    private static final List<String> TRANSIENT =
            List.of("08", "25006", "25P03", "25P04", "40001", "40P01", "53", LOCK_NOT_AVAILABLE, "57P", "57014");

    /** Of {@code weir_ensure_year}, and of the server where a type has the name of a new table. */
    static final String NAME_TAKEN = "42710";

    private static final String WRONG_PASSWORD = "28P01";

    private SqlStates() {}

    /**
     * @param state five characters, or null where the driver has none, which is not retried
     * @param succeededBefore whether these credentials have worked: then a wrong password is one that is being rotated
     */
    public static boolean isTransient(String state, boolean succeededBefore) {
        return state != null
                && (TRANSIENT.stream().anyMatch(state::startsWith) || succeededBefore && state.equals(WRONG_PASSWORD));
    }

    /** Whether the server cannot be reached, or is starting or stopping. Other transient errors come from a server that answers. */
    public static boolean isAway(String state) {
        return state != null && (state.startsWith("08") || state.startsWith("57P"));
    }

    /** Whether the error is about values of a row (class 22: data exception, 23: constraint), so that one row can be at fault. */
    public static boolean isOfTheData(String state) {
        return state != null && (state.startsWith("22") || state.startsWith("23"));
    }

    /** What somebody can do about an error that is not transient, as a sentence. */
    public static String cure(String state) {
        String name = state == null ? "" : state;
        if (name.startsWith("28") || name.equals("3D000")) {
            return "Check weir.postgres.url, .user and .password or .password-file";
        }
        return switch (name) {
            case "42501" -> "Grant the role the rights in docs/postgres.md";
            case "42P01", "42703", "42883", "3F000", "42P10", "42804" ->
                "Let Weir bring the tables up to date (weir.postgres.migrate: true), or take back what was changed in them by hand";
            case NAME_TAKEN ->
                "Drop or rename what has the name of the year's partition; an archived year that was given to another owner"
                        + " needs another name, too (docs/postgres.md, \"Old years\"). Then start again from the last checkpoint: no row is lost";
            case "23514" ->
                "Take back the check that was added by hand; or, if no partition was found, give the year's partition the bounds of the year in UTC (docs/postgres.md, \"Old years\")";
            default -> "Correct what the server names, then start again from the last checkpoint: no row is lost";
        };
    }
}
