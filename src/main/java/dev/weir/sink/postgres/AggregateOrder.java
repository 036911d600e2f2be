package dev.weir.sink.postgres;

import dev.weir.core.model.Aggregate;
import java.util.Comparator;

/** The order of the guard among rows of one key, in Java. {@link AggregateUpsert} has the same order in SQL. */
final class AggregateOrder {

    /** Orders rows of one key; the greater one supersedes the other. Equal rows have equal content. */
    static final Comparator<Aggregate> GUARD = Comparator.comparing(Rank::of);

    private AggregateOrder() {}

    /** Returns the row that supersedes the other. */
    static Aggregate greater(Aggregate a, Aggregate b) {
        return GUARD.compare(a, b) >= 0 ? a : b;
    }

    /** The columns of a row that the guard compares. */
    record Rank(boolean partial, int generation, long revision) implements Comparable<Rank> {
        private static final Comparator<Rank> ORDER = Comparator.comparing((Rank r) -> !r.partial)
                .thenComparingInt(r -> r.partial ? 0 : r.generation)
                .thenComparingLong(Rank::revision)
                .thenComparingInt(Rank::generation);

        static Rank of(Aggregate row) {
            return new Rank(row.partial(), row.generation(), row.revision());
        }

        @Override
        public int compareTo(Rank other) {
            return ORDER.compare(this, other);
        }
    }
}
