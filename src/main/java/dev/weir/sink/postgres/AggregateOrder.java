package dev.weir.sink.postgres;

import dev.weir.core.model.Aggregate;
import java.util.Comparator;

/** The guard's order among rows of one key, and the order of keys: what {@link AggregateUpsert} says in SQL, said in Java. */
final class AggregateOrder {

    /** Which of two rows of one key stands: the greater. Equal ones have equal content. */
    static final Comparator<Aggregate> GUARD = Comparator.comparing(Rank::of);

    private AggregateOrder() {}

    /** The row that stands. */
    static Aggregate greater(Aggregate a, Aggregate b) {
        return GUARD.compare(a, b) >= 0 ? a : b;
    }

    /** All of a row that the guard looks at. */
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
