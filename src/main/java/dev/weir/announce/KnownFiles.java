package dev.weir.announce;

import dev.weir.config.WeirConfig;
import dev.weir.files.FileListing.Listed;
import dev.weir.postgres.Connections;
import dev.weir.postgres.SqlStates;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The files of a pipeline that the table {@code weir_files} has, read or rejected. */
final class KnownFiles implements AutoCloseable {
    /** The store's clock may be that much before the clock of who wrote the announcement. */
    private static final long CLOCKS_MILLIS = 2_000;

    private static final String LATEST =
            "SELECT uri, max(announced_at) FROM weir_files WHERE pipeline = ? AND uri = ANY (?)" + " GROUP BY uri";

    private final String pipeline;
    private final Connection connection;

    /** @throws IllegalStateException if there is no connection; the message says what to do */
    KnownFiles(WeirConfig config) {
        pipeline = config.pipeline();
        try {
            connection = new Connections(config.postgres(), config.pipeline()).open();
        } catch (SQLException e) {
            throw refusal(e);
        }
    }

    /** Returns those of the files that the table does not have, or that were modified after they were announced, in the same order. */
    List<Listed> missing(List<Listed> files) {
        Map<String, Long> announced = new HashMap<>();
        try (PreparedStatement latest = connection.prepareStatement(LATEST)) {
            latest.setString(1, pipeline);
            latest.setArray(
                    2,
                    connection.createArrayOf(
                            "text", files.stream().map(Listed::uri).toArray()));
            try (ResultSet rows = latest.executeQuery()) {
                while (rows.next()) {
                    Timestamp at = rows.getTimestamp(2);
                    announced.put(rows.getString(1), at == null ? Long.MIN_VALUE : at.getTime());
                }
            }
        } catch (SQLException e) {
            throw refusal(e);
        }
        return files.stream()
                .filter(file -> {
                    Long at = announced.get(file.uri());
                    return at == null || file.modifiedMillis() - CLOCKS_MILLIS > at;
                })
                .toList();
    }

    private static IllegalStateException refusal(SQLException e) {
        return new IllegalStateException(
                SqlStates.refusal("weir.postgres.url: --missing cannot read weir_files", e), e);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // Nothing was written, so there is nothing to lose.
            return;
        }
    }
}
