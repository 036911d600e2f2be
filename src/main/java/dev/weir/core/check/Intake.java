package dev.weir.core.check;

import dev.weir.core.catalog.Catalog;
import dev.weir.core.catalog.Input;
import dev.weir.core.catalog.Metric;
import dev.weir.core.catalog.TimeSettings;
import dev.weir.core.decode.Absence;
import dev.weir.core.decode.Cells;
import dev.weir.core.decode.Decoder;
import dev.weir.core.decode.DecoderFactory;
import dev.weir.core.decode.EventTimeDecoder;
import dev.weir.core.decode.Framing;
import dev.weir.core.decode.Layout;
import dev.weir.core.decode.MalformedEventException;
import dev.weir.core.decode.NotNowException;
import dev.weir.core.model.Event;
import dev.weir.core.model.Quality;
import dev.weir.core.model.Reading;
import dev.weir.core.model.Reason;
import dev.weir.core.model.Reject;
import dev.weir.core.model.SeriesKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Turns events into readings and applies every check that needs no history. The verdict is a function of the event and the catalog alone.
 * One instance serves one thread and reuses its buffers from event to event.
 */
public final class Intake {
    private static final int MAX_VALUE_BYTES = 1 << 20;
    private static final int MAX_READINGS = 1_000;
    /** Limit of explained rejects in each event. An explanation parses the event again, and a thousand fields may be missing. */
    private static final int MAX_EXPLAINED = 4;

    private final Input input;
    private final Layout layout;
    private final Decoder decoder;
    private final Cells cells;
    private final NameCheck names;
    private final EventTimeDecoder eventTime;
    private final ReadingCheck check;
    private final TimeCheck timeCheck;
    private final Column[] columns;
    private final Absence absence = new Absence();
    private final MappedFields mapped;
    private final Result result = new Result();

    /** One metric of the wide layout. */
    private record Column(String metric, String field, int slot, boolean optional) {}

    /**
     * Compiles the catalog.
     *
     * @param earliestMicros event times before it are ancient, epoch microseconds UTC
     * @param futureSkewMicros how far an event time may be ahead of the record's timestamp
     * @param decoders makes the decoder of the catalog's input
     * @throws IllegalArgumentException for a pattern that the catalog's reader should have refused
     * @throws java.time.DateTimeException for a zone that the catalog's reader should have refused
     */
    public Intake(Catalog catalog, long earliestMicros, long futureSkewMicros, DecoderFactory decoders) {
        input = catalog.input();
        layout = new Layout(input);
        decoder = decoders.decoder(input, layout);
        cells = new Cells(layout.size(), input.nullValues());
        names = new NameCheck(layout, cells);
        mapped = new MappedFields(input, layout);
        eventTime = new EventTimeDecoder(input, layout);
        check = new ReadingCheck(catalog, layout, input.numbersInTexts());
        timeCheck = new TimeCheck(earliestMicros, futureSkewMicros);
        columns = new Column[layout.readings.length];
        int i = 0;
        for (Map.Entry<String, String> entry : input.readings().entrySet()) {
            Metric metric = catalog.metrics().get(entry.getKey());
            boolean optional = metric != null && metric.optional();
            columns[i] = new Column(entry.getKey(), entry.getValue(), layout.readings[i], optional);
            i++;
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
        cells.clear();
        result.eventReject = judgeEvent(event.value());
        if (result.eventReject == null) {
            if (input.wide()) {
                judgeColumns(event);
            } else {
                judgeReading(event, cells.text(layout.metric), layout.value, input.value());
            }
        }
        return result;
    }

    /** Returns the first fault of the event as a whole, in the order malformed, sensor, metric, event time; null if there is none. */
    private Reject judgeEvent(byte[] value) {
        try {
            decode(value);
        } catch (MalformedEventException e) {
            return new Reject(Reason.MALFORMED, e.getMessage() + Framing.hint(value), null);
        }
        Reject fault = explained(names.fault(layout.sensorId, "sensor", input.sensorId()), value, input.sensorId());
        if (fault == null && !input.wide()) {
            fault = explained(names.fault(layout.metric, "metric", input.metric()), value, input.metric());
        }
        return fault == null ? timeFault(value) : fault;
    }

    private Reject timeFault(byte[] value) {
        Reject fault = eventTime.read(cells);
        for (int i = 0; fault != null && i < layout.eventTime.length; i++) {
            if (cells.missing(layout.eventTime[i])) {
                return explained(fault, value, input.eventTime().fields().get(i));
            }
        }
        return fault;
    }

    /** Adds an explanation to the reject of a field that is missing because something on the path to it is not an object. */
    private Reject explained(Reject fault, byte[] value, String field) {
        if (fault == null || fault.reason() != Reason.MISSING_FIELD || input.format() != Input.Format.JSON) {
            return fault;
        }
        return new Reject(fault.reason(), fault.detail() + absence.explain(value, field), fault.metric());
    }

    /** Fills the cells and checks that the outputs can hold every name in them. */
    private void decode(byte[] value) throws MalformedEventException {
        if (value == null) {
            throw new MalformedEventException("tombstone");
        }
        if (value.length > MAX_VALUE_BYTES) {
            throw new MalformedEventException(value.length + " bytes, at most " + MAX_VALUE_BYTES + " are allowed");
        }
        decoder.decode(value, cells);
        names.check();
        if (columns.length > MAX_READINGS && countColumns() > MAX_READINGS) {
            throw new MalformedEventException("more than " + MAX_READINGS + " readings");
        }
    }

    private int countColumns() {
        int count = 0;
        for (Column column : columns) {
            count += isSlot(column) ? 1 : 0;
        }
        return count;
    }

    private boolean isSlot(Column column) {
        return !column.optional() || !cells.missing(column.slot());
    }

    private void judgeColumns(Event event) {
        for (Column column : columns) {
            if (isSlot(column)) {
                judgeReading(event, column.metric(), column.slot(), column.field());
            }
        }
    }

    private void judgeReading(Event event, String metric, int slot, String field) {
        result.slots++;
        long micros = eventTime.micros();
        Reject fault = check.judge(metric, cells, slot, field);
        if (fault == null) {
            fault = timeCheck.judge(micros, event.origin().timestampMillis(), metric);
        }
        if (fault != null) {
            boolean early = result.rejects.size() < MAX_EXPLAINED;
            result.rejects.add(early ? explained(fault, event.value(), field) : fault);
            return;
        }
        result.readings.add(new Reading(
                new SeriesKey(cells.text(layout.sensorId), metric),
                micros,
                check.value(),
                check.unit(),
                site(),
                eventTime.isOpen() ? check.quality() | Quality.TIME_COMES_TWICE : check.quality(),
                event.origin(),
                event.key(),
                event.value(),
                0));
    }

    /** Returns the fields that the catalog maps, each once and as the catalog names it. */
    public List<String> mappedFields() {
        return mapped.names();
    }

    /** Returns the mapped fields that the last event lacks. After a malformed event the result is undefined. */
    public List<String> absentFields() {
        return mapped.absent(cells);
    }

    /** Returns the sensor of the last event, which must have been decoded. */
    public String sensorId() {
        return cells.text(layout.sensorId);
    }

    /** Returns the event time of the last event, which must have been decoded: epoch microseconds, UTC. */
    public long eventTimeMicros() {
        return eventTime.micros();
    }

    private String site() {
        boolean present = layout.site != Layout.NONE && !cells.missing(layout.site);
        return present && !cells.text(layout.site).isEmpty() ? cells.text(layout.site) : null;
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

        /** Returns the readings that passed all checks, in the catalog's order. */
        public List<Reading> readings() {
            return readingsView;
        }

        /** Returns the rejects of the other readings, in the catalog's order. */
        public List<Reject> rejects() {
            return rejectsView;
        }

        private void clear() {
            readings.clear();
            rejects.clear();
            eventReject = null;
            slots = 0;
        }
    }
}
