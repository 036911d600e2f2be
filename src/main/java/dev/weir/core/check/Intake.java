package dev.weir.core.check;

import dev.weir.core.catalog.Catalog;
import dev.weir.core.catalog.Input;
import dev.weir.core.catalog.TimeSettings;
import dev.weir.core.decode.DecoderFactory;
import dev.weir.core.decode.NotNowException;
import dev.weir.core.model.Event;
import dev.weir.core.model.Reading;
import dev.weir.core.model.Reason;
import dev.weir.core.model.Reject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Turns events into readings and applies every check that needs no history. An event's topic decides which input of the catalog describes
 * it. The verdict is a function of the event and the catalog alone. One instance serves one thread and reuses its buffers from event to
 * event.
 */
public final class Intake {
    /** The input of each topic that one names or that has come; null for none. */
    private final Map<String, InputIntake> byTopic = new HashMap<>();

    private final List<InputIntake> patterns = new ArrayList<>();
    private final List<Pattern> compiled = new ArrayList<>();
    private final Result result = new Result();

    /** The input of all topics that no other input names; null for none. */
    private InputIntake rest;
    /** The topic of the last event, and its input; null if no input names it. */
    private String lastTopic;

    private InputIntake current;

    /**
     * Compiles the catalog.
     *
     * @param earliestMicros event times before it are ancient, epoch microseconds UTC
     * @param futureSkewMicros how far an event time may be ahead of the record's timestamp
     * @param decoders makes the decoder of each input
     * @throws IllegalArgumentException for a pattern that the catalog's reader should have refused
     * @throws java.time.DateTimeException for a zone that the catalog's reader should have refused
     */
    public Intake(Catalog catalog, long earliestMicros, long futureSkewMicros, DecoderFactory decoders) {
        TimeCheck timeCheck = new TimeCheck(earliestMicros, futureSkewMicros);
        for (Input input : catalog.inputs()) {
            InputIntake intake = new InputIntake(catalog, input, timeCheck, decoders);
            input.topics().names().forEach(topic -> byTopic.put(topic, intake));
            if (input.topics().pattern() != null) {
                patterns.add(intake);
                compiled.add(Pattern.compile(input.topics().pattern()));
            }
            if (input.topics().isRest()) {
                rest = intake;
            }
            current = current == null ? intake : current;
        }
    }

    /** Compiles a checked catalog with the options {@code weir.time.*}. */
    public static Intake of(Catalog catalog, TimeSettings time, DecoderFactory decoders) {
        Instant earliest = time.earliest();
        // Not ChronoUnit.between, which counts in nanoseconds and overflows 292 years from the epoch.
        long micros =
                Math.addExact(Math.multiplyExact(earliest.getEpochSecond(), 1_000_000L), earliest.getNano() / 1_000);
        Duration skew = time.futureSkew();
        return new Intake(catalog, micros, skew.dividedBy(ChronoUnit.MICROS.getDuration()), decoders);
    }

    /**
     * Judges one event. The result is valid until the next call. Unless the format depends on something outside, it throws for no input.
     *
     * @throws NotNowException if the event cannot be decoded now. It was not judged, and the caller may try again
     */
    public Result process(Event event) {
        result.clear();
        String topic = event.origin().topic();
        if (!topic.equals(lastTopic)) {
            current = inputOf(topic);
            lastTopic = topic;
        }
        if (current == null) {
            result.rejectEvent(new Reject(Reason.MALFORMED, "no input of the catalog names its topic", null));
        } else {
            current.process(event, result);
        }
        return result;
    }

    /** Returns the input of a topic, or null. Remembers it: there are only as many topics as the job reads. */
    private InputIntake inputOf(String topic) {
        if (!byTopic.containsKey(topic)) {
            byTopic.put(topic, unnamed(topic));
        }
        return byTopic.get(topic);
    }

    private InputIntake unnamed(String topic) {
        for (int i = 0; i < patterns.size(); i++) {
            if (compiled.get(i).matcher(topic).matches()) {
                return patterns.get(i);
            }
        }
        return rest;
    }

    /** Returns the sources that the current input maps, each once and as the catalog writes it. */
    public List<String> mappedFields() {
        return current.mappedFields();
    }

    /** Returns the mapped sources that every item of the last event lacks. After a malformed event the result is undefined. */
    public List<String> absentFields() {
        return current.absentFields();
    }

    /** Returns the sensor of the last item, which must have been decoded. */
    public String sensorId() {
        return current.sensorId();
    }

    /** Returns the event time of the last item, which must have been decoded: epoch microseconds, UTC. */
    public long eventTimeMicros() {
        return current.eventTimeMicros();
    }

    /** The result for one event. The lists belong to the intake, so callers copy them if they keep them past the next event. */
    public static final class Result {
        private final List<Reading> readings = new ArrayList<>();
        private final List<Reject> rejects = new ArrayList<>();
        private final List<Reading> readingsView = Collections.unmodifiableList(readings);
        private final List<Reject> rejectsView = Collections.unmodifiableList(rejects);
        private Reject eventReject;
        private int slots;

        private Result() {}

        /** Returns why the whole event was rejected; null if it was decoded. */
        public Reject eventReject() {
            return eventReject;
        }

        /** Returns the number of reading slots; 0 for a rejected event. Always the sum of readings and rejects. */
        public int slots() {
            return slots;
        }

        /** Returns the readings that passed all checks, in the catalog's order and that of the items. */
        public List<Reading> readings() {
            return readingsView;
        }

        /** Returns the rejects of the other readings, in the catalog's order and that of the items. */
        public List<Reject> rejects() {
            return rejectsView;
        }

        void slot() {
            slots++;
        }

        void accept(Reading reading) {
            readings.add(reading);
        }

        void reject(Reject reject) {
            rejects.add(reject);
        }

        /** Rejects the whole event, with all of its readings. */
        void rejectEvent(Reject reject) {
            clear();
            eventReject = reject;
        }

        private void clear() {
            readings.clear();
            rejects.clear();
            eventReject = null;
            slots = 0;
        }
    }
}
