package dev.weir.books;

import dev.weir.core.model.Counter;
import dev.weir.core.model.Tally;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.StateInitializationContext;

/**
 * Counts what the present run has done, for its summary. The counts are kept in operator state {@code run} together
 * with the run's id. A restart of the run continues them. A new run starts at zero, as does one without that state.
 */
final class RunTotals {
    private static final ListStateDescriptor<Tuple2<String, Long>> RUN =
            new ListStateDescriptor<>("run", Types.TUPLE(Types.STRING, Types.LONG));
    private static final String ID = "run ";
    private static final String EXTRA = "extra ";

    private final String runId;
    private final ListState<Tuple2<String, Long>> stored;
    private final Tally totals = new Tally();

    RunTotals(StateInitializationContext context, String runId) throws Exception {
        this.runId = runId;
        stored = context.getOperatorStateStore().getListState(RUN);
        List<Tuple2<String, Long>> restored = new ArrayList<>();
        stored.get().forEach(restored::add);
        if (restored.stream().anyMatch(total -> total.f0.equals(ID + runId))) {
            restored.forEach(this::restore);
        }
    }

    private void restore(Tuple2<String, Long> total) {
        Counter counter = Counter.ofLabel(total.f0);
        if (counter != null) {
            totals.add(counter, total.f1);
        }
        for (Tally.Extra extra : Tally.Extra.values()) {
            if (total.f0.equals(EXTRA + extra)) {
                totals.add(extra, total.f1);
            }
        }
    }

    void add(Tally tally) {
        totals.add(tally);
    }

    void snapshot() throws Exception {
        List<Tuple2<String, Long>> texts = new ArrayList<>(List.of(Tuple2.of(ID + runId, 0L)));
        for (Counter counter : Counter.values()) {
            texts.add(Tuple2.of(counter.label(), totals.get(counter)));
        }
        for (Tally.Extra extra : Tally.Extra.values()) {
            texts.add(Tuple2.of(EXTRA + extra, totals.get(extra)));
        }
        stored.update(texts);
    }

    RunReport report(boolean allRead) {
        return RunReport.of(totals, allRead);
    }
}
