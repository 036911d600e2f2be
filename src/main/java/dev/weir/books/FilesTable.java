package dev.weir.books;

import dev.weir.config.WeirConfig;
import dev.weir.generation.Position;
import dev.weir.postgres.Connections;
import dev.weir.postgres.FileDays;
import dev.weir.postgres.Years;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.postgresql.util.PSQLState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes finished files to {@code weir_files}, and keeps its partitions: makes those of new days, and drops those that are older than the
 * retention. A row is written once; only a file that was rejected and read with the same key changes it.
 * So a repeated write changes nothing.
 *
 * <p>A row of a day that is older than the retention, or more than a year ahead by a producer's wrong clock, is not written: its partition
 * would be dropped at once, or stay for ever.
 */
final class FilesTable {
    private static final Logger LOG = LoggerFactory.getLogger(FilesTable.class);

    private static final Duration DROP_EVERY = Duration.ofHours(1);
    private static final int MOST_DAYS_AHEAD = 366;
    /** Rows of a statement, which takes some 100 ms then. */
    private static final int CHUNK = 5_000;

    /** ROWS FROM, because unnest with several arrays cannot be named with its schema. */
    private static final String INSERT =
            "INSERT INTO weir_files (pipeline, generation, checkpoint_id, uri, version, state, bytes, rows, rows_rejected,"
                    + " detail, announced_at, read_at) SELECT ?::text, ?::integer, ?::bigint, f.* FROM ROWS FROM ("
                    + "pg_catalog.unnest(?::text[]), pg_catalog.unnest(?::text[]), pg_catalog.unnest(?::text[]),"
                    + " pg_catalog.unnest(?::bigint[]), pg_catalog.unnest(?::bigint[]), pg_catalog.unnest(?::bigint[]),"
                    + " pg_catalog.unnest(?::text[]), pg_catalog.unnest(?::timestamptz[]), pg_catalog.unnest(?::timestamptz[])) AS f"
                    + " ON CONFLICT (pipeline, uri, version, generation, announced_at) DO UPDATE SET"
                    + " state = excluded.state, bytes = excluded.bytes, rows = excluded.rows,"
                    + " rows_rejected = excluded.rows_rejected, detail = excluded.detail, read_at = excluded.read_at,"
                    + " checkpoint_id = excluded.checkpoint_id"
                    + " WHERE weir_files.state = 'rejected' AND excluded.state = 'read'";

    private final String pipeline;
    private final Connections connections;
    private final Duration retention;
    private final boolean announced;
    private final InstantSource clock;

    /** Days whose partitions exist. */
    private final Set<LocalDate> made = new HashSet<>();

    private Instant nextDrop = Instant.MIN;

    private record Key(String uri, String version, long announcedMillis) {}

    FilesTable(WeirConfig config, Connections connections, InstantSource clock) {
        this.pipeline = config.pipeline();
        this.connections = connections;
        this.retention = config.postgres().filesRetention();
        this.announced = config.catalog().inputs().stream().anyMatch(input -> input.files() != null);
        this.clock = clock;
    }

    /** Returns those of the files that have a place in the table, one for each key, and makes the partitions of their days. */
    Collection<FinishedFile> prepare(List<FinishedFile> files) throws SQLException {
        LocalDate today = day(clock.millis());
        LocalDate oldest = day(clock.instant().minus(retention).toEpochMilli());
        Map<Key, FinishedFile> rows = new LinkedHashMap<>();
        Set<LocalDate> days = new TreeSet<>();
        for (FinishedFile file : files) {
            LocalDate day = day(file.announcedMillis());
            if (!day.isBefore(oldest) && !day.isAfter(today.plusDays(MOST_DAYS_AHEAD))) {
                days.add(day);
                Key key = new Key(file.uri(), file.version(), file.announcedMillis());
                rows.merge(key, file, (before, now) -> before.read() || !now.read() ? before : now);
            }
        }
        int dropped = files.size() - rows.size();
        if (dropped > 0) {
            LOG.debug("{} of {} finished files have no row in weir_files of their own", dropped, files.size());
        }
        days.removeAll(made);
        if (!days.isEmpty()) {
            Set<LocalDate> detached = make(days);
            rows.values().removeIf(file -> detached.contains(day(file.announcedMillis())));
        }
        return rows.values();
    }

    private Set<LocalDate> make(Set<LocalDate> days) throws SQLException {
        try (Connection connection = connections.open()) {
            Set<LocalDate> detached = FileDays.ensure(connection, days);
            made.addAll(days);
            made.removeAll(detached);
            if (!detached.isEmpty()) {
                LOG.warn("weir_files: the tables of {} are detached, so their files are not recorded", detached);
            }
            return detached;
        }
    }

    /**
     * Writes the files in the connection's transaction.
     *
     * @throws SQLException as transient if a partition has vanished since {@link #prepare}
     */
    void write(Connection connection, Position position, Collection<FinishedFile> files) throws SQLException {
        List<FinishedFile> rows = List.copyOf(files);
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (int from = 0; from < rows.size(); from += CHUNK) {
                write(insert, position, rows.subList(from, Math.min(rows.size(), from + CHUNK)));
            }
        } catch (SQLException e) {
            if (Years.lacksPartition(e)) {
                made.clear();
                throw new SQLException(e.getMessage(), PSQLState.SERIALIZATION_FAILURE.getState(), e);
            }
            throw e;
        }
    }

    private void write(PreparedStatement insert, Position position, List<FinishedFile> rows) throws SQLException {
        insert.setString(1, pipeline);
        insert.setInt(2, position.generation());
        insert.setLong(3, position.checkpointId());
        Object[][] columns = new Object[9][rows.size()];
        for (int i = 0; i < rows.size(); i++) {
            FinishedFile file = rows.get(i);
            columns[0][i] = file.uri();
            columns[1][i] = file.version();
            columns[2][i] = file.read() ? "read" : "rejected";
            columns[3][i] = file.bytes();
            columns[4][i] = file.rows();
            columns[5][i] = file.rowsRejected();
            columns[6][i] = file.detail();
            columns[7][i] = Instant.ofEpochMilli(file.announcedMillis()).toString();
            columns[8][i] = Instant.ofEpochMilli(file.readMillis()).toString();
        }
        for (int column = 0; column < columns.length; column++) {
            boolean number = column >= 3 && column <= 5;
            insert.setArray(
                    4 + column, insert.getConnection().createArrayOf(number ? "bigint" : "text", columns[column]));
        }
        insert.executeUpdate();
    }

    /** Drops the partitions of old days, now and then. A failure is not the job's: the next attempt comes in an hour. */
    void dropOldDays() {
        if ((!announced && made.isEmpty()) || clock.instant().isBefore(nextDrop)) {
            return;
        }
        nextDrop = clock.instant().plus(DROP_EVERY);
        try (Connection connection = connections.open()) {
            int days = FileDays.drop(connection, retention);
            if (days > 0) {
                LOG.info("weir_files: {} days that are older than weir.files.retention are dropped", days);
                made.clear();
            }
        } catch (SQLException e) {
            LOG.warn("weir_files: old days are not dropped, trying again in an hour: {}", e.getMessage());
        }
    }

    private static LocalDate day(long millis) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
    }
}
