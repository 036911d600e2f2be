package dev.weir.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps a schema for one pipeline. The keys of {@code sensor_aggregates} do not name the pipeline. Two pipelines with a
 * sensor of the same name would overwrite each other's rows, and generations of one would outrank those of the other.
 */
public final class SchemaTenants {
    private static final String OTHERS = "SELECT pipeline FROM weir_pipelines WHERE pipeline <> ? ORDER BY pipeline";

    /** Returns the pipelines that the connection's schema holds besides this one, ordered by name. */
    public static List<String> others(Connection connection, String pipeline) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(OTHERS)) {
            select.setString(1, pipeline);
            List<String> others = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    others.add(row.getString(1));
                }
            }
            return others;
        }
    }

    /** Returns the message that says why a pipeline must not start in the schema of others, and the cure. */
    public static String refusal(String schema, String pipeline, List<String> others) {
        return "weir.postgres.schema: " + schema + " holds the rows of pipeline " + String.join(", ", others)
                + ", and those of pipeline " + pipeline
                + " would overwrite them. Give each pipeline a schema of its own."
                + " If the other was renamed or is not run any more, docs/postgres.md (\"One pipeline to a schema\")"
                + " says how to remove its name";
    }

    private SchemaTenants() {}
}
