package dev.weir.sink.postgres;

import dev.weir.config.WeirConfig;
import dev.weir.core.model.Aggregate;
import dev.weir.postgres.SqlStates;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/**
 * Commits a work in parts, each in a transaction of its own, and decides what a failed transaction means.
 *
 * <p><b>Idea.</b> The work remembers how many rows are committed, and an attempt starts behind the last committed part. A connection that
 * is cut again and again therefore costs only the part that it cut. That part is halved for the next attempt, down to {@value #FEWEST_ROWS}
 * rows, and doubled again with each success. So rows also get through a network or server that cuts long transactions.
 *
 * <p><b>Invariant.</b> A row is blamed only if the server has refused a transaction of that row alone. If the server refuses the data of a
 * part, the part is written by halves until the row is found. A lost connection says nothing about a row, so it only ends the attempt.
 *
 * <p><b>Cost.</b> Finding a bad row takes about two transactions for each halving of a part, about 28 for {@value #MOST_ROWS} rows.
 */
final class PartCommitter implements BatchCommitter {
    /** Some 5 MB. A slow server writes it in about a second, and no limit of a session is near, however large the backlog is. */
    static final int MOST_ROWS = 10_000;

    private static final int FEWEST_ROWS = 100;

    private final Transactions transactions;
    private final WeirConfig.Postgres options;
    private final int mostRows;
    private int partRows;

    /** Writes rows in one transaction. One thread writes; {@link #abort} is called by another. */
    interface Transactions {

        /**
         * Writes and commits rows, which are sorted by key. Afterwards the table has these rows or greater ones. Rows of detached years are
         * discarded and counted. After an exception the rows may be committed or not.
         */
        void write(List<Aggregate> rows) throws SQLException, IOException;

        /** Sets the counter of rows that are discarded. Called before the first {@link #write}. */
        default void report(ExpiredRows expired) {}

        /** Ends a running transaction soon with an exception; the server rolls it back. */
        void abort();
    }

    /**
     * Creates a committer.
     *
     * @param options name the table in error messages
     */
    PartCommitter(Transactions transactions, WeirConfig.Postgres options) {
        this(transactions, options, MOST_ROWS);
    }

    PartCommitter(Transactions transactions, WeirConfig.Postgres options, int mostRows) {
        this.transactions = transactions;
        this.options = options;
        this.mostRows = mostRows;
        this.partRows = mostRows;
    }

    @Override
    public long commit(PendingBatches.Work work) throws TransientCommitException, IOException {
        try (RowStream rows = work.rows()) {
            for (List<Aggregate> part = next(rows); !part.isEmpty(); part = next(rows)) {
                commit(part, work);
                partRows = Math.min(mostRows, 2 * partRows);
            }
        }
        return work.committedRows();
    }

    @Override
    public void report(ExpiredRows expired) {
        transactions.report(expired);
    }

    @Override
    public void abort() {
        transactions.abort();
    }

    private List<Aggregate> next(RowStream rows) throws IOException {
        List<Aggregate> part = new ArrayList<>();
        while (part.size() < partRows) {
            Aggregate row = rows.next();
            if (row == null) {
                break;
            }
            part.add(row);
        }
        return part;
    }

    private void commit(List<Aggregate> rows, PendingBatches.Work work) throws TransientCommitException, IOException {
        try {
            transactions.write(rows);
        } catch (SQLException e) {
            if (SqlStates.isTransient(e.getSQLState(), true)) {
                partRows = Math.max(Math.min(FEWEST_ROWS, mostRows), partRows / 2);
                throw new TransientCommitException(
                        "weir.postgres: " + AggregateUpsert.TABLE + " cannot be written now: " + e.getMessage() + " ["
                                + e.getSQLState() + "]",
                        e);
            }
            if (rows.size() > 1 && SqlStates.isOfTheData(e.getSQLState())) {
                commit(rows.subList(0, rows.size() / 2), work);
                commit(rows.subList(rows.size() / 2, rows.size()), work);
                return;
            }
            throw new SuppressRestartsException(CommitFailure.of(options, rows, e));
        }
        work.committed(rows.size());
    }
}
