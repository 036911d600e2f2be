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
 * Commits a work part by part, each part in a transaction of its own, and decides what a failed transaction means.
 *
 * <p>The work keeps the progress: an attempt begins after the last part that was committed. So a connection that is cut again and again costs
 * the part that it cut and no other. A part that was cut is halved for the next attempt, down to {@value #FEWEST_ROWS} rows, and doubled again
 * with each part that arrives: so rows also get through a network or a server that cuts whatever takes long.
 *
 * <p>A part whose data the server refuses is written by halves, until the row is found. A row is blamed only if the server has refused a
 * transaction of that row alone. A lost connection says nothing about a row: the attempt ends there, and the next one goes on.
 */
final class PartCommitter implements BatchCommitter {
    /** Some 5 MB: a second of a slow server, far from every limit of a session however much is behind. */
    static final int MOST_ROWS = 10_000;

    private static final int FEWEST_ROWS = 100;

    private final Transactions transactions;
    private final WeirConfig.Postgres options;
    private final int mostRows;
    private int partRows;

    /** Writes rows in one transaction. One thread writes; {@link #abort} comes from another. */
    interface Transactions {

        /** The rows, sorted by key, are committed, or greater ones; those of detached years are discarded and counted. After an exception they may be or not. */
        void write(List<Aggregate> rows) throws SQLException, IOException;

        /** Where the rows count that have no place; called before the first {@link #write}. */
        default void report(ExpiredRows expired) {}

        /** A transaction that is under way ends with an exception, soon; the server rolls it back. */
        void abort();
    }

    /** @param options to say which table an error is about */
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
