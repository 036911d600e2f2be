package dev.weir.sink.postgres;

import dev.weir.core.model.Aggregate;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** A database that commits transaction by transaction, keeps the guard, and fails as it is told. */
final class PartsDatabase implements PartCommitter.Transactions {
    final Map<RowKey, Aggregate> rows = new ConcurrentSkipListMap<>();
    /** How many rows each transaction had that was committed, in their order. */
    final List<Integer> committed = new ArrayList<>();
    /** What it says to a sensor's row, while it is in here. */
    final Map<String, SQLException> refused = new HashMap<>();
    /** What happens to a transaction, by its number: the first is 1. */
    Faults faults = number -> Fault.NONE;

    int transactions;

    interface Faults {
        Fault at(int transaction);
    }

    enum Fault {
        NONE,
        /** The connection is lost, and the server rolls back. */
        CUT,
        /** The connection is lost after the server has committed. */
        ANSWER_LOST
    }

    @Override
    public void write(List<Aggregate> part) throws SQLException {
        Fault fault = faults.at(++transactions);
        if (fault == Fault.CUT) {
            throw lost();
        }
        for (Aggregate row : part) {
            SQLException refusal = refused.get(row.series().sensorId());
            if (refusal != null) {
                throw refusal;
            }
        }
        part.forEach(row -> rows.merge(RowKey.of(row), row, AggregateOrder::greater));
        committed.add(part.size());
        if (fault == Fault.ANSWER_LOST) {
            throw lost();
        }
    }

    @Override
    public void abort() {}

    List<String> sensors() {
        return rows.values().stream().map(row -> row.series().sensorId()).toList();
    }

    private static SQLException lost() {
        return new SQLException("An I/O error occurred while sending to the backend.", "08006");
    }
}
