package dev.weir.sink.postgres;

import dev.weir.core.model.Aggregate;
import java.util.Comparator;

/** The guard's order among rows of one key, and the order of keys: what {@link AggregateUpsert} says in SQL, said in Java. */
final class AggregateOrder {

    /** Which of two rows of one key stands: the greater. Equal ones have equal content. */
    static final Comparator<Aggregate> GUARD = Comparator.comparing((Aggregate a) -> !a.partial())
            .thenComparingInt(a -> a.partial() ? 0 : a.generation())
            .thenComparingLong(Aggregate::revision)
            .thenComparingInt(Aggregate::generation);

    private AggregateOrder() {}

    /** The row that stands. */
    static Aggregate greater(Aggregate a, Aggregate b) {
        return GUARD.compare(a, b) >= 0 ? a : b;
    }
}
