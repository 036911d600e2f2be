package dev.weir.core;

import dev.weir.config.WeirConfig;
import dev.weir.core.check.Intake;
import dev.weir.core.decode.Decoder;
import dev.weir.core.decode.DecoderFactory;
import dev.weir.core.model.Aggregate;
import dev.weir.core.model.Event;
import dev.weir.core.model.Flag;
import dev.weir.core.model.Origin;
import dev.weir.core.model.Reading;
import dev.weir.core.model.Reason.Level;
import dev.weir.core.model.Reject;
import dev.weir.core.model.SeriesKey;
import dev.weir.core.series.Generation;
import dev.weir.core.series.SeriesMachine;
import dev.weir.core.series.SeriesOutput;
import dev.weir.core.series.SeriesRules;
import dev.weir.core.series.SeriesState;
import dev.weir.core.series.SeriesStateCodec;
import dev.weir.testing.oracle.Accepted;
import dev.weir.testing.oracle.Outcome;
import dev.weir.testing.oracle.Rejected;
import dev.weir.testing.outputs.Rows;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The functional core without Flink: intake and series machine in one loop, one event after another. */
public final class CoreRun implements SeriesOutput {
    private final Intake intake;
    private final SeriesMachine machine;
    private final SeriesStateCodec codec = new SeriesStateCodec();
    private final List<Accepted> readings = new ArrayList<>();
    private final List<Rejected> rejects = new ArrayList<>();
    private final Map<String, Aggregate> rows = new LinkedHashMap<>();
    private final Map<String, Long> books = new HashMap<>();
    private final Map<SeriesKey, SeriesState> states = new HashMap<>();

    public static Outcome of(WeirConfig config, List<Event> events) {
        return of(config, Decoder::of, events);
    }

    /** @param decoders for a format that asks something outside */
    public static Outcome of(WeirConfig config, DecoderFactory decoders, List<Event> events) {
        CoreRun run = new CoreRun(config, decoders);
        run.feed(events);
        return run.end();
    }

    public CoreRun(WeirConfig config) {
        this(config, Decoder::of);
    }

    private CoreRun(WeirConfig config, DecoderFactory decoders) {
        intake = new Intake(
                config.catalog(),
                config.time().earliest().toEpochMilli() * 1_000,
                config.time().futureSkew().dividedBy(ChronoUnit.MICROS.getDuration()),
                decoders);
        machine = new SeriesMachine(
                new SeriesRules(config.catalog(), config.time(), config.windows(), config.stateRetention()),
                Generation.FIRST);
    }

    public void feed(List<Event> events) {
        for (Event event : events) {
            Intake.Result result = intake.process(event);
            count("events.read", 1);
            if (result.eventReject() != null) {
                count("events.rejected", 1);
                reject(event.origin(), result.eventReject(), Level.EVENT);
                continue;
            }
            count("events.decoded", 1);
            count("events.empty", result.slots() == 0 ? 1 : 0);
            count("readings.decoded", result.slots());
            result.rejects().forEach(reject -> {
                count("readings.rejected", 1);
                reject(event.origin(), reject, Level.READING);
            });
            for (Reading reading : List.copyOf(result.readings())) {
                SeriesState state = states.computeIfAbsent(reading.series(), key -> new SeriesState());
                machine.judge(state, reading, 0, this);
            }
        }
    }

    /** As the state backend has them. */
    public Map<SeriesKey, byte[]> stored() {
        Map<SeriesKey, byte[]> stored = new LinkedHashMap<>();
        states.forEach((key, state) -> stored.put(key, codec.encode(state)));
        return stored;
    }

    /** Every series is what these bytes say. */
    void restore(Map<SeriesKey, byte[]> stored) {
        states.clear();
        stored.forEach((key, bytes) -> {
            SeriesState state = codec.decode(bytes, null);
            machine.reconcile(state, key, this);
            states.put(key, state);
        });
    }

    /** The outcome of this event, as if it were the first and the last; decoders and checks keep what they keep. */
    Outcome alone(Event event) {
        readings.clear();
        rejects.clear();
        rows.clear();
        books.clear();
        states.clear();
        feed(List.of(event));
        return end();
    }

    Outcome end() {
        states.forEach((key, state) -> machine.endOfInput(state, key, this));
        return new Outcome(readings, new ArrayList<>(rows.values()), rejects, books);
    }

    /** Fails where a rule rejects with a reason that does not name the rule's level: its metric would appear with the first reject only. */
    private void reject(Origin origin, Reject reject, Level level) {
        if (!reject.reason().isOf(level)) {
            throw new AssertionError(
                    reject + " comes from a rule of level " + level + ", which the reason does not name");
        }
        count("rejected." + reject.reason(), 1);
        rejects.add(new Rejected(origin, reject.reason(), reject.detail(), reject.metric()));
    }

    private void count(String counter, long times) {
        books.merge(counter, times, Long::sum);
    }

    @Override
    public void accepted(Reading reading) {
        count("readings.accepted", 1);
        if (reading.quality() != 0) {
            count("readings.flagged", 1);
        }
        for (Flag flag : Flag.values()) {
            count("flagged." + flag, (reading.quality() & flag.bit()) / flag.bit());
        }
        readings.add(Rows.accepted(reading));
    }

    @Override
    public void rejected(Reading reading, Reject reject) {
        count("readings.rejected", 1);
        reject(reading.origin(), reject, Level.SERIES);
    }

    @Override
    public void emitted(Aggregate row, Cause cause) {
        rows.put(row.series() + "/" + row.windowSeconds() + "/" + row.windowStartMicros(), Rows.row(row));
    }
}
