package dev.weir.cli;

import dev.weir.config.WeirConfig;
import dev.weir.core.catalog.Catalog;
import dev.weir.core.catalog.Input;
import dev.weir.core.check.Intake;
import dev.weir.core.decode.DecoderFactory;
import dev.weir.core.model.Aggregate;
import dev.weir.core.model.Event;
import dev.weir.core.model.Origin;
import dev.weir.core.model.Reading;
import dev.weir.core.model.Reason;
import dev.weir.core.model.Reject;
import dev.weir.core.model.SeriesKey;
import dev.weir.core.series.Generation;
import dev.weir.core.series.SeriesMachine;
import dev.weir.core.series.SeriesOutput;
import dev.weir.core.series.SeriesRules;
import dev.weir.core.series.SeriesState;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Judges the events of a sample with the job's own core, one after another, and counts their verdicts. */
final class SampleRun implements SeriesOutput {

    /** Holds how often a reason occurred, and where first. Events are counted from 1. */
    record Rejects(int count, int firstEvent, Reject first) {}

    private final Intake intake;
    private final SeriesMachine machine;
    private final long nowMillis;
    private final Map<SeriesKey, SeriesState> series = new HashMap<>();
    private final Map<Reason, Rejects> rejects = new EnumMap<>(Reason.class);
    private final SampleTopic topic;
    /** Whether each decoded event has one sensor and one time, even without a reading. Otherwise those of its readings are looked at. */
    private final boolean timeOfEvents;

    private final SampleTimes times;
    /** Null before the first event that is not malformed. */
    private Set<String> neverThere;

    private int events;
    private int decoded;
    private int empty;
    private int readings;
    private int accepted;
    private int flagged;

    /**
     * Creates a run without state.
     *
     * @param topic as whose records the events are judged
     * @param nowMillis epoch milliseconds, in place of the record timestamp that the events of a file lack
     */
    SampleRun(WeirConfig config, SampleTopic topic, long nowMillis, DecoderFactory decoders) {
        this.topic = topic;
        this.nowMillis = nowMillis;
        Catalog catalog = topic.alone(config.catalog());
        Input input = topic.input();
        timeOfEvents = !input.payload().hasItems()
                && catalog.unknownMetric() != Catalog.UnknownMetric.IGNORE
                && (input.csv() == null || input.csv().skip() == null);
        intake = Intake.of(catalog, config.time(), decoders);
        machine = new SeriesMachine(
                new SeriesRules(catalog, config.time(), config.windows(), config.stateRetention()), Generation.FIRST);
        times = new SampleTimes(input.eventTime());
    }

    void judge(byte[] value) {
        judge(new Event(new Origin(topic.name(), 0, events++, nowMillis), null, value));
    }

    /** Judges a row of a file. */
    void judge(byte[] row, SampleRows file) {
        Origin origin = new Origin(topic.name(), 0, 0, nowMillis, file.uri(), ++events);
        judge(Event.row(origin, null, row, List.of(), file.head()));
    }

    private void judge(Event event) {
        Intake.Result result = intake.process(event);
        if (result.eventReject() == null || result.eventReject().reason() != Reason.MALFORMED) {
            if (neverThere == null) {
                neverThere = new LinkedHashSet<>(intake.mappedFields());
            }
            neverThere.retainAll(intake.absentFields());
        }
        if (result.eventReject() != null) {
            count(result.eventReject());
            return;
        }
        decoded++;
        empty += result.slots() == 0 ? 1 : 0;
        readings += result.slots();
        if (timeOfEvents) {
            times.add(events, intake.sensorId(), intake.eventTimeMicros());
        }
        result.rejects().forEach(this::count);
        for (Reading reading : List.copyOf(result.readings())) {
            if (!timeOfEvents) {
                times.add(events, reading.series().sensorId(), reading.eventTimeMicros());
            }
            SeriesState state = series.computeIfAbsent(reading.series(), key -> new SeriesState());
            machine.judge(state, reading, nowMillis, this);
        }
    }

    @Override
    public void accepted(Reading reading) {
        accepted++;
        flagged += reading.quality() == 0 ? 0 : 1;
    }

    @Override
    public void rejected(Reading reading, Reject reject) {
        count(reject);
    }

    @Override
    public void emitted(Aggregate row, Cause cause) {
        // Rows are left out: a sample is about readings.
    }

    private void count(Reject reject) {
        Rejects before = rejects.getOrDefault(reject.reason(), new Rejects(0, events, reject));
        rejects.put(reject.reason(), new Rejects(before.count() + 1, before.firstEvent(), before.first()));
    }

    int events() {
        return events;
    }

    int decoded() {
        return decoded;
    }

    /** Returns the number of events that decode and hold no reading. */
    int empty() {
        return empty;
    }

    int readings() {
        return readings;
    }

    int accepted() {
        return accepted;
    }

    int flagged() {
        return flagged;
    }

    Map<Reason, Rejects> rejects() {
        return rejects;
    }

    /** Returns the mapped fields that no event has, as the catalog writes them. Malformed events do not count. */
    Set<String> neverThere() {
        return neverThere == null ? new LinkedHashSet<>(intake.mappedFields()) : neverThere;
    }

    SampleTimes times() {
        return times;
    }
}
