package dev.weir.testing.outputs;

import dev.weir.core.model.Aggregate;
import dev.weir.core.model.DeadLetter;
import dev.weir.core.model.Reading;
import dev.weir.testing.oracle.Accepted;
import dev.weir.testing.oracle.Rejected;
import java.util.List;

/** The model's types as the oracle's records: what the core or an operator emitted, or a reader of the lake read. */
public final class Rows {
    private Rows() {}

    public static Accepted accepted(Reading r) {
        return new Accepted(r.series(), r.eventTimeMicros(), r.value(), r.unit(), r.site(), r.quality(), r.origin());
    }

    /**
     * The row as the oracle has it: of the first life of the state or of a later one, shown for the first time or
     * again, it is the same row.
     */
    public static Aggregate row(Aggregate row) {
        return RowEdit.of(row).with("generation", 0).with("first", false).row();
    }

    public static List<Rejected> rejected(DeadLetter letter) {
        return letter.rejects().stream()
                .map(r -> new Rejected(letter.origin(), r.reason(), r.detail(), r.metric()))
                .toList();
    }
}
