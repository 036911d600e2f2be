package dev.weir.testing.outputs;

import dev.weir.core.model.Aggregate;
import dev.weir.core.model.DeadLetter;
import dev.weir.core.model.Reading;
import dev.weir.testing.oracle.Accepted;
import dev.weir.testing.oracle.AggregateRow;
import dev.weir.testing.oracle.Rejected;
import java.util.List;

/** The model's types as the oracle's records: what the core or an operator emitted, or a reader of the lake read. */
public final class Rows {
    private Rows() {}

    public static Accepted accepted(Reading r) {
        return new Accepted(r.series(), r.eventTimeMicros(), r.value(), r.unit(), r.site(), r.quality(), r.origin());
    }

    public static AggregateRow row(Aggregate a) {
        return new AggregateRow(
                a.series(),
                a.windowSeconds(),
                a.windowStartMicros(),
                a.site(),
                a.unit(),
                a.count(),
                a.sum(),
                a.min(),
                a.max(),
                a.mean(),
                a.stddev(),
                a.firstValue(),
                a.lastValue(),
                a.flaggedCount(),
                a.partial());
    }

    public static List<Rejected> rejected(DeadLetter letter) {
        return letter.rejects().stream()
                .map(r -> new Rejected(letter.origin(), r.reason(), r.detail(), r.metric()))
                .toList();
    }
}
