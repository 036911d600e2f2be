package dev.weir.sink.postgres;

import dev.weir.core.model.Aggregate;
import dev.weir.postgres.Connections;
import dev.weir.postgres.TransactionCheck;
import dev.weir.postgres.Years;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes rows in one transaction by COPY: those whose windows are shown for the first time straight
 * into the table, the others into a temporary one and from there by one guarded insert; either in the order of the keys. Where the
 * table bars the first rows ({@link DirectCopyPolicy}), the transaction is rolled back and repeated with the guard for all. Any other
 * failure drops the connection: the server rolls back, the next attempt begins anew.
 */
final class CopyCommitter implements PartCommitter.Transactions {
    private static final Logger LOG = LoggerFactory.getLogger(CopyCommitter.class);

    private static final String STAGING = "weir_staging";
    private static final String STAGE =
            "CREATE TEMPORARY TABLE IF NOT EXISTS " + STAGING + " ON COMMIT DELETE ROWS AS SELECT "
                    + AggregateUpsert.COLUMNS + " FROM " + AggregateUpsert.TABLE + " WITH NO DATA";
    private static final String COPY_TO_STAGING =
            "COPY pg_temp." + STAGING + " (" + AggregateUpsert.COLUMNS + ") FROM STDIN (FORMAT binary)";
    private static final String COPY_STRAIGHT = "COPY " + AggregateUpsert.TABLE + " (" + AggregateUpsert.COLUMNS
            + ", updated_at) FROM STDIN (FORMAT binary)";
    private static final String MERGE = AggregateUpsert.insert("SELECT " + AggregateUpsert.COLUMNS
            + ", now() FROM pg_temp." + STAGING + " ORDER BY " + AggregateUpsert.KEY_COLUMNS);
    private final Connections connections;
    private final TransactionCheck check;
    private final DirectCopyPolicy directCopy = new DirectCopyPolicy();
    private final DataOutputSerializer buffer = new DataOutputSerializer(1 << 16);
    private final BinaryCopy format = new BinaryCopy(buffer);
    private ExpiredRows expired = new ExpiredRows();
    private volatile Connection connection;
    /** What {@link #connection} was set up on. Only the committing thread looks at it. */
    private Connections.Opened session;

    private volatile boolean aborted;

    /** @param connections whose credentials have been right once: main, and whoever settled the generation, have used them */
    CopyCommitter(Connections connections, TransactionCheck check) {
        this.connections = connections;
        this.check = check;
    }

    @Override
    public void report(ExpiredRows rows) {
        expired = rows;
    }

    @Override
    public void write(List<Aggregate> rows) throws SQLException, IOException {
        try {
            writeOrDrop(rows);
        } catch (SQLException e) {
            if (!Years.lacksPartition(e)) {
                throw e;
            }
            // The year was detached after it had been seen: now it is seen detached.
            writeOrDrop(rows);
        }
    }

    private void writeOrDrop(List<Aggregate> rows) throws SQLException, IOException {
        boolean written = false;
        Connection to = connection();
        try {
            write(rows, to);
            written = true;
        } catch (SQLException e) {
            connections.endSilentAfter(e, to);
            throw e;
        } finally {
            if (!written) {
                drop();
            }
        }
    }

    @Override
    public void abort() {
        aborted = true;
        drop();
    }

    private void write(List<Aggregate> all, Connection to) throws SQLException, IOException {
        TreeSet<Integer> years = new TreeSet<>();
        all.forEach(row -> years.add(AggregateUpsert.year(row)));
        Set<Integer> detached = Years.ensure(to, years);
        if (detached.isEmpty()) {
            writePlaced(all, to);
            return;
        }
        Map<Boolean, List<Aggregate>> byPlace =
                all.stream().collect(Collectors.partitioningBy(row -> !detached.contains(AggregateUpsert.year(row))));
        if (!byPlace.get(true).isEmpty()) {
            writePlaced(byPlace.get(true), to);
        }
        byPlace.get(false).stream()
                .collect(Collectors.groupingBy(AggregateUpsert::year, Collectors.counting()))
                .forEach(expired::discarded);
    }

    /** The rows' years exist. */
    private void writePlaced(List<Aggregate> rows, Connection to) throws SQLException, IOException {
        to.setAutoCommit(false);
        Map<Boolean, List<Aggregate>> byFirst = rows.stream().collect(Collectors.partitioningBy(Aggregate::first));
        List<Aggregate> straight = byFirst.get(true);
        List<Aggregate> guarded = byFirst.get(false);
        if (straight.isEmpty() || !directCopy.tryNow() || !transactStraight(straight, guarded, to)) {
            transact(List.of(), rows, to);
        }
        to.setAutoCommit(true);
    }

    /** Returns false, with nothing written, if a row that is the first of its window is not the first of its key. */
    private boolean transactStraight(List<Aggregate> straight, List<Aggregate> guarded, Connection to)
            throws SQLException, IOException {
        try {
            transact(straight, guarded, to);
            directCopy.succeeded();
            return true;
        } catch (SQLException e) {
            if (!DirectCopyPolicy.isBarred(e)) {
                throw e;
            }
            to.rollback();
            directCopy.failed();
            LOG.debug("{} first rows take the guard, too", straight.size(), e);
            return false;
        }
    }

    private void transact(List<Aggregate> straight, List<Aggregate> guarded, Connection to)
            throws SQLException, IOException {
        try (Statement statement = to.createStatement()) {
            session.requireSameBackend();
            long nowMicros = begin(statement);
            check.check(to);
            if (!straight.isEmpty()) {
                copy(COPY_STRAIGHT, straight, row -> format.row(row, nowMicros), to);
            }
            if (!guarded.isEmpty()) {
                copy(COPY_TO_STAGING, guarded, format::row, to);
                statement.execute(MERGE);
            }
        }
        to.commit();
    }

    /** The transaction's time, as the guarded insert has it. */
    private static long begin(Statement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery("SELECT now()")) {
            result.next();
            return ChronoUnit.MICROS.between(
                    Instant.EPOCH, result.getObject(1, OffsetDateTime.class).toInstant());
        }
    }

    private void copy(String sql, List<Aggregate> rows, RowConsumer encoder, Connection to)
            throws SQLException, IOException {
        CopyIn copy = to.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
        buffer.clear();
        format.header();
        for (Aggregate row : rows) {
            encoder.accept(row);
            if (buffer.length() >= 1 << 16) {
                copy.writeToCopy(buffer.getSharedBuffer(), 0, buffer.length());
                buffer.clear();
            }
        }
        format.trailer();
        copy.writeToCopy(buffer.getSharedBuffer(), 0, buffer.length());
        copy.endCopy();
    }

    private Connection connection() throws SQLException {
        Connection present = connection;
        if (present != null) {
            return present;
        }
        Connections.Opened opened = connections.openForTransactions();
        Connection fresh = opened.connection();
        session = opened;
        connection = fresh;
        if (aborted) {
            drop();
            throw new SQLException("the job is closing", "57014");
        }
        boolean staged = false;
        try (Statement statement = fresh.createStatement()) {
            statement.execute(STAGE);
            staged = true;
        } finally {
            if (!staged) {
                drop(); // or the next attempt would take a connection without the temporary table for a good one
            }
        }
        return fresh;
    }

    /** Forgets the connection and closes its socket; safe from any thread, and does not wait for the server. */
    private void drop() {
        Connection old = connection;
        connection = null;
        if (old != null) {
            try {
                old.abort(Runnable::run);
            } catch (SQLException e) {
                // It is gone already, which is what was wanted.
                connection = null;
            }
        }
    }
}
