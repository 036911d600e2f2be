package dev.weir.testing.oracle;

import dev.weir.config.WeirConfig;
import dev.weir.core.catalog.Input;
import dev.weir.core.model.Aggregate;
import dev.weir.core.model.Event;
import dev.weir.core.model.SeriesKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Says what the pipeline must make of a list of events.
 *
 * <p>It knows no wall clock: by its preconditions (one partition per sensor, no silence beyond the state
 * retention) the outcome does not depend on one.
 */
public final class Oracle {
    private final WeirConfig config;
    private final EventDecoder decoder;
    private final ReadingChecks checks;

    public Oracle(WeirConfig config) {
        this.config = config;
        this.decoder = new EventDecoder(config.catalog());
        this.checks = new ReadingChecks(config.catalog(), config.time());
    }

    /**
     * The outcome of a first generation that reads exactly these events and comes to the end of its input.
     *
     * @param events in offset order within each partition; any interleaving of partitions. Among them a lost range of offsets
     *     for each that was deleted before it could be read
     */
    public Outcome judge(List<Event> events) {
        Fold fold = new Fold();
        events.forEach(fold::event);
        return fold.outcome();
    }

    private final class Fold {
        private final Map<SeriesKey, SeriesFold> series = new HashMap<>();
        private final List<Rejected> rejects = new ArrayList<>();
        private final Books books = new Books();

        void event(Event event) {
            if (event.lost() > 0) {
                books.add("offsets.lost", event.lost());
                return;
            }
            books.add("events.read");
            try {
                DecodedEvent decoded = decoder.decode(event);
                books.add("events.decoded");
                if (decoded.items().stream()
                        .allMatch(item -> item.fault() == null && item.slots().isEmpty())) {
                    books.add("events.empty");
                }
                decoded.items().forEach(item -> item(item, decoded.input(), event));
            } catch (EventFault fault) {
                books.add("events.rejected");
                reject(new Rejected(event.origin(), fault.reason(), fault.getMessage(), null));
            }
        }

        private void item(DecodedEvent.Item item, Input input, Event event) {
            if (item.fault() == null) {
                item.slots().forEach(slot -> reading(slot, item, input, event));
            } else {
                books.add("readings.decoded");
                books.add("readings.rejected");
                String detail = item.prefix() + item.fault().getMessage();
                reject(new Rejected(event.origin(), item.fault().reason(), detail, null));
            }
        }

        private void reading(DecodedEvent.Slot slot, DecodedEvent.Item item, Input input, Event event) {
            books.add("readings.decoded");
            Verdict verdict = checks.judge(slot, item, input, event.origin());
            if (verdict instanceof Candidate candidate) {
                verdict = series.computeIfAbsent(candidate.reading().series(), this::newSeries)
                        .judge(candidate);
            }
            if (verdict instanceof Accepted accepted) {
                books.accepted(accepted.quality());
            } else if (verdict instanceof Rejected rejected) {
                books.add("readings.rejected");
                reject(rejected);
            }
        }

        private void reject(Rejected rejected) {
            books.add("rejected." + rejected.reason());
            rejects.add(rejected);
        }

        private SeriesFold newSeries(SeriesKey key) {
            return new SeriesFold(
                    config.catalog().metrics().get(key.metric()),
                    config.time().lateness(),
                    config.catalog().quota());
        }

        Outcome outcome() {
            List<Accepted> readings = new ArrayList<>();
            List<Aggregate> aggregates = new ArrayList<>();
            for (SeriesFold one : series.values()) {
                List<Accepted> accepted = one.accepted();
                readings.addAll(accepted);
                accepted.sort(Comparator.comparingLong(Accepted::eventTimeMicros));
                config.windows().forEach(size -> aggregates.addAll(Windows.rows(accepted, size)));
            }
            return new Outcome(readings, aggregates, rejects, books.totals());
        }
    }
}
