package dev.weir.sink.postgres;

import dev.weir.core.model.Aggregate;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Merges several {@link SortedRows} by key, and keeps for each key the row that the guard would let stand. */
final class MergedRows implements RowStream {
    private final PriorityQueue<Head> heads = new PriorityQueue<>(Comparator.comparing(Head::key));

    MergedRows(List<SortedRows> sorted) throws IOException {
        try {
            for (SortedRows one : sorted) {
                advance(one.rows());
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    public Aggregate next() throws IOException {
        Head first = heads.poll();
        if (first == null) {
            return null;
        }
        Aggregate best = first.row;
        advance(first.rest);
        while (!heads.isEmpty() && heads.peek().key.equals(first.key)) {
            Head same = heads.poll();
            best = AggregateOrder.greater(best, same.row);
            advance(same.rest);
        }
        return best;
    }

    @Override
    public void close() throws IOException {
        for (Head head : heads) {
            head.rest.close();
        }
        heads.clear();
    }

    private void advance(RowStream stream) throws IOException {
        Aggregate row = stream.next();
        if (row == null) {
            stream.close();
        } else {
            heads.add(new Head(RowKey.of(row), row, stream));
        }
    }

    private record Head(RowKey key, Aggregate row, RowStream rest) {}
}
