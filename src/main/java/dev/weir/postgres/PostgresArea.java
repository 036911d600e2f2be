package dev.weir.postgres;

import dev.weir.config.WeirConfig;
import dev.weir.doctor.Area;
import dev.weir.doctor.Examination;
import dev.weir.doctor.Finding;
import dev.weir.failure.ErrorText;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Examines the database: its version, Weir's tables, and the rights of the job's role. */
public final class PostgresArea implements Area {
    private static final String SERVER = "postgres";
    private static final String SESSIONS = "sessions";
    private static final String SCHEMA = "tables";
    /** The oldest version that docs/postgres.md supports. */
    private static final int OLDEST = 140_000;
    /** A year that no data has. Its partition is really created, and rolled back. */
    private static final int TRIAL_YEAR = 290_000;

    private final WeirConfig.Postgres options;
    private final String pipeline;

    public PostgresArea(WeirConfig.Postgres options, String pipeline) {
        this.options = options;
        this.pipeline = pipeline;
    }

    @Override
    public void examine(Examination examination) {
        examination.check(SERVER, this::server);
        examination.check(SESSIONS, SERVER, this::sessions);
        examination.check(SCHEMA, SESSIONS, this::schema);
        examination.check("grants", SCHEMA, this::grants);
        examination.check("years", "grants", this::years);
        examination.check("pipelines", "grants", this::pipelines);
    }

    private Finding server() throws SQLException {
        try (Connection connection = open()) {
            int number = Integer.parseInt(text(connection, "SHOW server_version_num"));
            String version = text(connection, "SHOW server_version");
            String encoding = text(connection, "SHOW server_encoding");
            if (number < OLDEST) {
                return Finding.fail(
                        "weir.postgres.url: the server is PostgreSQL " + version + "; upgrade it to 14 or later");
            }
            if (!encoding.equals("UTF8")) {
                return Finding.fail("weir.postgres.url: the database's encoding is " + encoding
                        + "; use one that was created with ENCODING 'UTF8'");
            }
            if (text(connection, "SHOW transaction_read_only").equals("on")) {
                return Finding.fail("weir.postgres.url: the server takes no writes (a standby, or"
                        + " default_transaction_read_only); name the primary, or add targetServerType=primary");
            }
            return Finding.ok("PostgreSQL " + version + ", as " + text(connection, "SELECT current_user"));
        }
    }

    private Finding sessions() throws SQLException {
        try {
            Pooling.requireSessions(new Connections(options, "doctor"));
            return Finding.ok("each connection has a backend of its own");
        } catch (IllegalStateException e) {
            return Finding.fail(e.getMessage());
        }
    }

    private Finding schema() throws SQLException {
        if (!options.migrate()) {
            Migrations.check(options);
            return Finding.ok("schema " + options.schema() + " has this release's version");
        }
        List<String> missing = missing();
        if (missing.isEmpty()) {
            return Finding.ok("schema " + options.schema() + " has this release's version");
        }
        String foreign = ForeignObjects.refusal(options, missing);
        if (foreign != null) {
            return Finding.fail(foreign);
        }
        try (Connection connection = open()) {
            String sql =
                    "SELECT CASE WHEN to_regnamespace(?) IS NULL THEN pg_catalog.has_database_privilege(current_database(), 'CREATE')"
                            + " ELSE pg_catalog.has_schema_privilege(?, 'CREATE') END";
            if (Rights.row(connection, sql, Connections.quoted(options.schema()), options.schema())
                    .equals("t")) {
                return Finding.ok("schema " + options.schema() + " lacks " + missing + "; the job will run them");
            }
            return Finding.fail(
                    "weir.postgres.migrate: schema " + options.schema() + " lacks " + missing
                            + ", and role " + text(connection, "SELECT current_user")
                            + " may not create there; run once with a role that may, then grant the rights in docs/postgres.md");
        }
    }

    private Finding grants() throws SQLException {
        if (options.migrate() && !missing().isEmpty()) {
            return Finding.ok("nothing to grant yet: the role will own the tables that it makes");
        }
        try (Connection connection = open()) {
            List<String> missing = new Rights(options).missing(connection);
            return missing.isEmpty()
                    ? Finding.ok("the role has all rights that docs/postgres.md names")
                    : Finding.fail("weir.postgres.user: " + text(connection, "SELECT current_user")
                            + " lacks rights; run " + String.join("; ", missing));
        }
    }

    private Finding years() throws SQLException {
        if (options.migrate() && !missing().isEmpty()) {
            return Finding.ok("weir_ensure_year comes with the tables");
        }
        try (Connection connection = open()) {
            String taken = Years.inTheWay(connection);
            if (!taken.isEmpty()) {
                return Finding.fail("weir.postgres.schema: " + taken + " in schema " + options.schema()
                        + " is named like the partition of a year, and a row of that year would end the job. "
                        + SqlStates.cure(SqlStates.NAME_TAKEN));
            }
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                // A lock that somebody else holds is not an error of the rights; the job would wait for it.
                statement.execute("SET LOCAL lock_timeout = '5s'");
                statement.execute("SELECT weir_ensure_year(" + TRIAL_YEAR + ")");
                return Finding.ok("a year's partition can be created");
            } catch (SQLException e) {
                return Finding.fail("weir.postgres.schema: weir_ensure_year creates no partition ("
                        + ErrorText.message(e)
                        + "); it runs with the rights of its owner, who has to own sensor_aggregates and may create in schema "
                        + options.schema());
            } finally {
                connection.rollback();
            }
        }
    }

    private Finding pipelines() throws SQLException {
        if (options.migrate() && !missing().isEmpty()) {
            return Finding.ok("schema " + options.schema() + " holds no pipeline yet");
        }
        try (Connection connection = open()) {
            List<String> others = SchemaTenants.others(connection, pipeline);
            return others.isEmpty()
                    ? Finding.ok("schema " + options.schema() + " holds no pipeline but " + pipeline)
                    : Finding.fail(SchemaTenants.refusal(options.schema(), pipeline, others));
        }
    }

    private List<String> missing() {
        return Migrations.missing(options);
    }

    private Connection open() throws SQLException {
        try {
            return new Connections(options, "doctor").open();
        } catch (SQLException e) {
            String message = ErrorText.message(e);
            throw message.startsWith("weir.")
                    ? e
                    : new SQLException(NoConnection.text(options, message), e.getSQLState());
        }
    }

    private static String text(Connection connection, String sql) throws SQLException {
        return Rights.row(connection, sql);
    }
}
