package dev.weir.postgres;

import dev.weir.config.WeirConfig;
import dev.weir.failure.ErrorText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Manages Weir's tables: migrates the configured schema to this release's version, or checks that it has that version.
 * Both are blocking calls of {@code main}.
 */
public final class Migrations {
    static final String HISTORY = "weir_schema_history";
    /**
     * The wait for another start. It is longer than any migration has taken, and shorter than a person watches a start.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(50);

    private static final String LOCATION = "classpath:dev/weir/postgres/migrations";

    private Migrations() {}

    /**
     * Migrates the schema and all tables to this release's version. Existing rows stay. Several callers wait for each
     * other.
     *
     * @throws IllegalStateException if that is not possible; the message names the option and the cure
     */
    public static void apply(WeirConfig.Postgres options) {
        apply(options, PATIENCE);
    }

    /**
     * Migrates as {@link #apply(WeirConfig.Postgres)} does.
     *
     * @param patience the wait for another start
     */
    static void apply(WeirConfig.Postgres options, Duration patience) {
        // Flyway locks its history table, but only once that exists. Of several first starts, all would race to create
        // it.
        requireSessions(options);
        try (Connection lock = new Connections(options, "migration lock", Session.MIGRATION).open()) {
            waitForOthers(lock, options, patience);
            refuseForeign(options, missing(options));
            flyway(options, true).migrate();
        } catch (FlywayException | SQLException e) {
            refuseIfUnconnected(options, e);
            throw new IllegalStateException(
                    "weir.postgres.migrate: the tables in schema " + options.schema()
                            + " cannot be brought up to date: " + reason(e) + ". " + cure(options, e),
                    e);
        }
    }

    /** Returns the cure for a migration that failed. An error of a busy server says nothing about the role's rights. */
    static String cure(WeirConfig.Postgres options, Exception e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            String state = t instanceof SQLException sql ? sql.getSQLState() : null;
            if (SqlStates.LOCK_NOT_AVAILABLE.equals(state)) {
                return "Another session holds a lock on them: end its transaction (pg_locks, pg_stat_activity) or wait for it,"
                        + " then start again";
            }
            if (SqlStates.isTransient(state, false)) {
                return "Start again when the server can do it";
            }
        }
        return "Give the role " + options.user() + " the right to create there, or migrate once with a role that has it"
                + " and set weir.postgres.migrate: false";
    }

    /** Takes the migration lock, which is held until the connection is closed. */
    private static void waitForOthers(Connection lock, WeirConfig.Postgres options, Duration patience)
            throws SQLException {
        try (PreparedStatement limit = lock.prepareStatement("SELECT set_config('lock_timeout', ?, false)");
                PreparedStatement wait =
                        lock.prepareStatement("SELECT pg_advisory_lock(pg_catalog.hashtextextended(?, 0))")) {
            limit.setString(1, patience.toMillis() + "ms");
            limit.execute();
            wait.setString(1, HISTORY + " in " + options.schema());
            wait.execute();
        } catch (SQLException e) {
            if (!SqlStates.LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                throw e;
            }
            throw new IllegalStateException(
                    "weir.postgres.migrate: another start has been bringing the tables in schema " + options.schema()
                            + " up to date for " + patience.toSeconds()
                            + " s. Start again when it is done, or end its session (pg_stat_activity,"
                            + " application_name weir-migration lock)",
                    e);
        }
    }

    /**
     * Checks that the schema has at least this release's version. Changes nothing, and needs only the right to read
     * {@value #HISTORY}.
     *
     * @throws IllegalStateException if it has not; the message names the option and the cure
     */
    public static void check(WeirConfig.Postgres options) {
        requireSessions(options);
        List<String> missing;
        try {
            missing = missing(options);
            refuseForeign(options, missing);
        } catch (FlywayException | SQLException e) {
            refuseIfUnconnected(options, e);
            throw new IllegalStateException(
                    "weir.postgres.migrate is false, and the version of schema " + options.schema()
                            + " cannot be read: " + reason(e) + ". Grant " + options.user()
                            + " USAGE on the schema and SELECT on " + HISTORY + " (docs/postgres.md)",
                    e);
        }
        if (!missing.isEmpty()) {
            throw new IllegalStateException(
                    "weir.postgres.migrate is false, but schema " + options.schema() + " lacks " + missing
                            + ". Run once with weir.postgres.migrate: true and a role that may create tables, then"
                            + " grant the rights in docs/postgres.md");
        }
    }

    private static void refuseForeign(WeirConfig.Postgres options, List<String> missing) throws SQLException {
        String foreign = ForeignObjects.refusal(options, missing);
        if (foreign != null) {
            throw new IllegalStateException(foreign);
        }
    }

    /** Checks for a pooler first, because one in the wrong mode causes misleading errors in everything that follows. */
    private static void requireSessions(WeirConfig.Postgres options) {
        try {
            Pooling.requireSessions(new Connections(options, "start"));
        } catch (SQLException e) {
            refuseIfUnconnected(options, e);
            throw new IllegalStateException("weir.postgres.url: " + reason(e), e);
        }
    }

    /** Returns the scripts that have not run in the schema. Changes nothing. */
    static List<String> missing(WeirConfig.Postgres options) {
        return Arrays.stream(flyway(options, false).info().pending())
                .map(MigrationInfo::getScript)
                .toList();
    }

    private static Flyway flyway(WeirConfig.Postgres options, boolean create) {
        return configured(options, create).load();
    }

    static FluentConfiguration configured(WeirConfig.Postgres options, boolean create) {
        // The job jar's class loader, whatever the thread's is: it has the scripts and Flyway's plugins.
        return Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(new FlywayConnections(new Connections(options, "migration", Session.MIGRATION)))
                .schemas(options.schema())
                .defaultSchema(options.schema())
                .createSchemas(create)
                .table(HISTORY)
                .locations(LOCATION)
                .failOnMissingLocations(true)
                .placeholders(Map.of("schema", identifier(options.schema()), "schema_text", literal(options.schema())))
                // A schema that holds other people's tables counts as an empty one.
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .cleanDisabled(true)
                .loggers(FlywayLog.class.getName());
    }

    /**
     * Returns the name as an identifier for scripts, without a dollar sign or an apostrophe, whatever the name holds.
     * V1 places it inside dollar quotes and inside a text literal; it has been applied and cannot change. The literal
     * needs the plain form where that is possible.
     */
    private static String identifier(String name) {
        String quoted = Connections.quoted(name);
        return name.matches("[^$']*")
                ? quoted
                : "U&" + quoted.replace("\\", "\\\\").replace("$", "\\0024").replace("'", "\\0027");
    }

    /** Returns the name as a text literal that means the same under any session settings and inside dollar quotes. */
    private static String literal(String name) {
        return "E'" + name.replace("\\", "\\\\").replace("'", "\\x27").replace("$", "\\x24") + "'";
    }

    /**
     * Throws if there is no connection at all, since rights in a schema are not the cause then: class 08 no server, 28
     * no login, 3D no such database.
     */
    private static void refuseIfUnconnected(WeirConfig.Postgres options, Exception e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            String state = t instanceof SQLException sql ? sql.getSQLState() : null;
            if (state != null && String.valueOf(t.getMessage()).startsWith("weir.postgres.")) {
                throw new IllegalStateException(t.getMessage(), e);
            }
            if (state != null && state.matches("(08|28|3D).*")) {
                throw new IllegalStateException(NoConnection.text(options, reason(e)), e);
            }
        }
    }

    /** Returns the innermost message on one line. Flyway spreads its own over many lines. */
    private static String reason(Throwable e) {
        Throwable last = e;
        while (last.getCause() != null && !last.getCause().equals(last)) {
            last = last.getCause();
        }
        String message = ErrorText.message(last);
        return message.isEmpty() ? last.getClass().getSimpleName() : message;
    }
}
