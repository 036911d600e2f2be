package dev.weir.postgres;

import dev.weir.config.WeirConfig;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Finds objects in the schema that have a name which a pending migration is going to use. Most likely they are somebody
 * else's tables.
 */
final class ForeignObjects {
    /** The names that each script creates. */
    private static final Map<String, List<String>> MADE_BY = Map.of(
            "V1__aggregates.sql", List.of("sensor_aggregates", "weir_ensure_year"),
            "V2__books.sql", List.of("weir_books", "weir_runs", "weir_generations", "weir_pipelines"),
            "V4__files.sql", List.of("weir_files", "weir_ensure_file_day", "weir_drop_file_days"));

    /** Types and || are written out, so that nobody's operator matches better: a pending migration may find others in the schema. */
    private static final String PRESENT =
            "SELECT CASE relkind WHEN 'v' THEN 'view ' ELSE 'table ' END OPERATOR(pg_catalog.||) relname::pg_catalog.text"
                    + " FROM pg_catalog.pg_class"
                    + " WHERE relnamespace = pg_catalog.to_regnamespace(?)::pg_catalog.oid AND relname::pg_catalog.text = ?"
                    + " UNION SELECT 'function ' OPERATOR(pg_catalog.||) proname::pg_catalog.text FROM pg_catalog.pg_proc"
                    + " WHERE pronamespace = pg_catalog.to_regnamespace(?)::pg_catalog.oid AND proname::pg_catalog.text = ?";

    /**
     * Returns a refusal that lists the taken names and the cure, or null if no name is taken.
     *
     * @param missing the scripts that have not run
     */
    static String refusal(WeirConfig.Postgres options, List<String> missing) throws SQLException {
        List<String> taken = new ArrayList<>();
        try (Connection connection = new Connections(options, "migration check").open();
                PreparedStatement present = connection.prepareStatement(PRESENT)) {
            for (String script : missing) {
                for (String name : MADE_BY.getOrDefault(script, List.of())) {
                    present.setString(1, Connections.quoted(options.schema()));
                    present.setString(2, name);
                    present.setString(3, Connections.quoted(options.schema()));
                    present.setString(4, name);
                    try (ResultSet row = present.executeQuery()) {
                        while (row.next()) {
                            taken.add(row.getString(1));
                        }
                    }
                }
            }
        }
        return taken.isEmpty()
                ? null
                : "weir.postgres.schema: " + options.schema() + " already has " + String.join(", ", taken)
                        + ", and " + Migrations.HISTORY
                        + " there does not say that Weir made it. Name another schema for Weir's tables"
                        + " (it is created if it does not exist), or rename the existing objects. If they are Weir's"
                        + " own, restore the table "
                        + Migrations.HISTORY + " with it";
    }

    private ForeignObjects() {}
}
