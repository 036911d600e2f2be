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
 * Writes rows in one transaction by COPY.
 *
 * <p><b>Idea.</b> Rows whose windows are emitted for the first time are usually new in the table, so they are copied straight into it, at
 * half the cost. The others are copied into a temporary table, from which one guarded insert merges them. If the table refuses the straight
 * rows, for instance because a key is already there, the transaction is rolled back and repeated with the guard for all rows. {@link
 * DirectCopyPolicy} decides whether to try.
 *
 * <p><b>Invariant.</b> Each of the two inserts is in the order of the keys, so that concurrent writers lock rows in the same order. No row
 * is written before the {@link TransactionCheck} of its transaction. After any other failure the connection is dropped: the server rolls
 * back, and the next attempt starts on a new connection.
 *
 * <p><b>Cost.</b> A few round trips beside the data of the rows. A refused straight copy costs the transaction once more.
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
    /** The session of {@link #connection}. Only the committing thread uses it. */
    private Connections.Opened session;

    private volatile boolean aborted;

    /**
     * Creates a committer.
     *
     * @param connections whose credentials have worked once, in main or when the generation was settled
     */
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
            // The year was detached after it had been checked. The second attempt sees it detached.
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

    /** Writes rows whose years exist. */
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

    /** Writes the straight rows by COPY; returns false, with nothing written, if the table refuses one of them. */
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
            LOG.debug("COPY refused {} first rows; the guarded insert writes them", straight.size(), e);
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

    /** Begins the transaction and returns its time, epoch microseconds, which the guarded insert uses, too. */
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
                drop(); // otherwise the next attempt would use a connection without the temporary table
            }
        }
        return fresh;
    }

    /** Drops the connection and closes its socket. Does not wait for the server and may be called by any thread. */
    private void drop() {
        Connection old = connection;
        connection = null;
        if (old != null) {
            try {
                old.abort(Runnable::run);
            } catch (SQLException e) {
                // The connection is already closed.
                connection = null;
            }
        }
    }
}
