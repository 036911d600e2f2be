package dev.weir.postgres;

import dev.weir.config.WeirConfig;
import dev.weir.config.WeirConfig.Postgres.Delivery;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Lists the rights of docs/postgres.md as the statements that grant them. */
final class Rights {
    private static final List<String> WRITTEN =
            List.of("sensor_aggregates", "weir_books", "weir_pipelines", "weir_runs", "weir_generations", "weir_files");
    private static final List<String> CALLED =
            List.of("weir_ensure_year(integer)", "weir_ensure_file_day(date)", "weir_drop_file_days(interval)");

    private final WeirConfig.Postgres options;
    private final String schema;

    Rights(WeirConfig.Postgres options) {
        this.options = options;
        this.schema = Connections.quoted(options.schema());
    }

    /** Returns the statements that somebody still has to run for the connection's role. The tables must exist. */
    List<String> missing(Connection connection) throws SQLException {
        String role = row(connection, "SELECT pg_catalog.quote_ident(current_user)");
        List<String> grants = new ArrayList<>();
        if (lacks(connection, "SELECT pg_catalog.has_schema_privilege(?, 'USAGE')", options.schema())) {
            // Without this right the server does not tell which rights exist inside the schema.
            return List.of("GRANT USAGE ON SCHEMA " + schema + " TO " + role + ", then doctor again");
        }
        for (String table : WRITTEN) {
            String name = schema + "." + table;
            List<String> lacking = new ArrayList<>();
            for (String right : List.of("SELECT", "INSERT", "UPDATE")) {
                if (lacks(connection, "SELECT pg_catalog.has_table_privilege(?, ?)", name, right)) {
                    lacking.add(right);
                }
            }
            if (!lacking.isEmpty()) {
                grants.add("GRANT " + String.join(", ", lacking) + " ON " + name + " TO " + role);
            }
        }
        for (String called : CALLED) {
            String function = schema + "." + called;
            if (lacks(connection, "SELECT pg_catalog.has_function_privilege(?, 'EXECUTE')", function)) {
                grants.add("GRANT EXECUTE ON FUNCTION " + function + " TO " + role);
            }
        }
        if (options.delivery() == Delivery.EXACTLY_ONCE
                && lacks(connection, "SELECT pg_catalog.has_database_privilege(current_database(), ?)", "TEMPORARY")) {
            String database = row(connection, "SELECT pg_catalog.quote_ident(current_database())");
            grants.add("GRANT TEMPORARY ON DATABASE " + database + " TO " + role);
        }
        return grants;
    }

    private static boolean lacks(Connection connection, String sql, String... values) throws SQLException {
        return !row(connection, sql, values).equals("t");
    }

    /** Returns the first column of the only row, as text. */
    static String row(Connection connection, String sql, String... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return String.valueOf(row.getString(1));
            }
        }
    }
}
