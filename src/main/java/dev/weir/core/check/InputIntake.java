package dev.weir.core.check;

import dev.weir.core.catalog.Catalog;
import dev.weir.core.catalog.Catalog.UnknownMetric;
import dev.weir.core.catalog.FieldSource;
import dev.weir.core.catalog.Input;
import dev.weir.core.catalog.Names;
import dev.weir.core.catalog.Opening;
import dev.weir.core.decode.Cells;
import dev.weir.core.decode.Decoder;
import dev.weir.core.decode.DecoderFactory;
import dev.weir.core.decode.Derivations;
import dev.weir.core.decode.Details;
import dev.weir.core.decode.EventTimeDecoder;
import dev.weir.core.decode.Framing;
import dev.weir.core.decode.Items;
import dev.weir.core.decode.Layout;
import dev.weir.core.decode.MalformedEventException;
import dev.weir.core.model.Event;
import dev.weir.core.model.Quality;
import dev.weir.core.model.Reading;
import dev.weir.core.model.Reason;
import dev.weir.core.model.Reject;
import dev.weir.core.model.SeriesKey;
import java.util.ArrayList;
import java.util.List;

/** Turns the events of one input into readings and applies every check that needs no history. Not thread-safe. */
final class InputIntake {
    /** Limit of explained rejects in each event. An explanation parses the event again, and a thousand fields may be missing. */
    private static final int MAX_EXPLAINED = 4;

    private final Catalog catalog;
    private final Input input;
    private final Layout layout;
    private final Decoder decoder;
    private final Items items;
    private final Derivations derivations;
    private final NameCheck names;
    private final EventTimeDecoder eventTime;
    private final ReadingCheck check;
    private final TimeCheck timeCheck;
    private final ReadingSlots slots;
    private final Explanation explanation;
    private final MappedFields mapped;
    private final boolean ignoresUnknown;
    /** Whether an event may have several items, so that a fault in one is not a fault of the event. */
    private final boolean hasItems;

    private Cells cells;

    InputIntake(Catalog catalog, Input input, TimeCheck timeCheck, DecoderFactory decoders) {
        this.catalog = catalog;
        this.input = input;
        this.timeCheck = timeCheck;
        layout = new Layout(input);
        decoder = decoders.decoder(input, layout);
        items = new Items(layout, input.nullValues());
        derivations = new Derivations(layout, input.nullValues());
        cells = items.event();
        explanation = new Explanation(input);
        names = new NameCheck(layout);
        mapped = new MappedFields(input, layout);
        eventTime = new EventTimeDecoder(input, layout);
        check = new ReadingCheck(catalog, layout, input);
        ignoresUnknown = catalog.unknownMetric() == UnknownMetric.IGNORE;
        hasItems = input.payload().hasItems();
        slots = new ReadingSlots(catalog, input, layout);
    }

    /** Judges one event into the result, which is clear. */
    void process(Event event, Intake.Result result) {
        items.clear();
        cells = items.event();
        try {
            decode(event);
            for (int i = 0; i < items.size() && result.eventReject() == null; i++) {
                cells = items.item(i);
                derivations.fill(event, cells);
                judgeItem(event, result);
            }
        } catch (MalformedEventException e) {
            // Of Avro's own bytes the hints would say that they are wrapped or compressed.
            boolean isAvro = input.format() == Input.Format.AVRO || input.format() == Input.Format.PARQUET;
            String hint = isAvro ? "" : Framing.hint(event.value());
            result.rejectEvent(new Reject(Reason.MALFORMED, e.getMessage() + hint, null));
        }
    }

    private void decode(Event event) throws MalformedEventException {
        byte[] value = event.value();
        if (value == null) {
            throw new MalformedEventException("tombstone");
        }
        if (value.length > Event.MAX_BYTES) {
            // Of a longer row only the beginning is read.
            String size = event.file() == null ? value.length + " bytes" : "too long";
            throw new MalformedEventException(size + ", at most " + Event.MAX_BYTES + " are allowed");
        }
        decoder.decode(value, event.file(), items);
    }

    private void judgeItem(Event event, Intake.Result result) throws MalformedEventException {
        Reject fault = null;
        try {
            names.check(cells);
        } catch (MalformedEventException e) {
            if (!hasItems) {
                throw e;
            }
            fault = new Reject(Reason.MALFORMED, e.getMessage(), null);
        }
        slots.check(cells);
        if (fault == null) {
            if (isIgnored()) {
                return;
            }
            fault = itemFault(event);
        }
        if (fault != null && (!hasItems || items.isEventUnopened(cells))) {
            result.rejectEvent(fault);
        } else if (fault != null) {
            slot(result);
            result.reject(inItem(fault));
        } else if (input.wide()) {
            judgeColumns(event, result);
            judgeMembers(event, result);
        } else {
            judgeReading(event, cells.text(layout.metric), layout.value, input.value(), result);
        }
    }

    /** Counts a slot of the event. */
    private static void slot(Intake.Result result) throws MalformedEventException {
        if (result.slots() == ReadingSlots.MAX) {
            throw new MalformedEventException("more than " + ReadingSlots.MAX + " readings");
        }
        result.slot();
    }

    /** Returns whether the item is a reading of a metric that the catalog does not list and ignores. */
    private boolean isIgnored() {
        return ignoresUnknown
                && !input.wide()
                && cells.isName(layout.metric)
                && !catalog.metrics().containsKey(cells.text(layout.metric));
    }

    /** Returns the first fault of the item as a whole, in the order opening, sensor, metric, event time; null if there is none. */
    private Reject itemFault(Event event) {
        Opening unopened = items.unopened(cells);
        if (unopened != null) {
            return openingFault(unopened);
        }
        Reject fault = explanation.of(
                names.fault(cells, layout.sensorId, "sensor", input.sensorId()), event, input.sensorId());
        if (fault == null && !input.wide()) {
            fault = explanation.of(names.fault(cells, layout.metric, "metric", input.metric()), event, input.metric());
        }
        return fault == null ? timeFault(event) : fault;
    }

    private Reject openingFault(Opening opening) {
        boolean array = opening.kind() == Opening.Kind.EACH;
        String what = (array ? "each " : "unwrap ") + Details.quote(opening.pointer());
        return items.foundInstead(cells) == Cells.Kind.OTHER
                ? new Reject(Reason.WRONG_TYPE, what + (array ? " is not an array" : " is not a text"), null)
                : new Reject(Reason.MISSING_FIELD, what, null);
    }

    private Reject timeFault(Event event) {
        Reject fault = eventTime.read(cells, event.origin().timestampMillis());
        for (int i = 0; fault != null && i < layout.eventTime.length; i++) {
            if (cells.missing(layout.eventTime[i])) {
                return explanation.of(fault, event, input.eventTime().sources().get(i));
            }
        }
        return fault;
    }

    private Reject inItem(Reject fault) {
        String index = hasItems ? items.index(cells) : "";
        return index.isEmpty()
                ? fault
                : new Reject(fault.reason(), "item " + index + ": " + fault.detail(), fault.metric());
    }

    private void judgeColumns(Event event, Intake.Result result) throws MalformedEventException {
        List<ReadingSlots.Column> columns = slots.columns();
        for (int i = 0; i < columns.size(); i++) {
            ReadingSlots.Column column = columns.get(i);
            if (slots.isSlot(column, cells)) {
                judgeReading(event, column.metric(), column.slot(), column.field(), result);
            }
        }
    }

    /** Judges the members of the object that the wildcard points to. */
    private void judgeMembers(Event event, Intake.Result result) throws MalformedEventException {
        for (int i = 0; i < cells.members(); i++) {
            String name = cells.member(i);
            int slot = cells.memberSlot(i);
            if (!slots.isSlot(name, slot, cells)) {
                continue;
            }
            String fault = Names.fault(name);
            if (fault == null) {
                judgeReading(event, name, slot, new FieldSource.Field(name), result);
            } else {
                slot(result);
                String detail = "metric " + Details.quote(name) + ' ' + fault;
                result.reject(inItem(new Reject(Reason.MALFORMED, detail, null)));
            }
        }
    }

    private void judgeReading(Event event, String metric, int slot, FieldSource field, Intake.Result result)
            throws MalformedEventException {
        slot(result);
        long micros = eventTime.micros();
        Reject fault = check.judge(metric, cells, slot, field);
        if (fault == null) {
            fault = timeCheck.judge(micros, event.origin().timestampMillis(), metric);
        }
        if (fault != null) {
            boolean early = result.rejects().size() < MAX_EXPLAINED;
            result.reject(inItem(early ? explanation.of(fault, event, field) : fault));
            return;
        }
        result.accept(new Reading(
                new SeriesKey(cells.text(layout.sensorId), metric),
                micros,
                check.value(),
                check.unit(),
                site(),
                eventTime.isOpen() ? check.quality() | Quality.TIME_COMES_TWICE : check.quality(),
                event.origin(),
                event.key(),
                event.value(),
                event.file() == null ? null : event.file().avroSchema(),
                0));
    }

    /** Returns the sources that the catalog maps, each once and as the catalog writes it. */
    List<String> mappedFields() {
        return mapped.names();
    }

    /** Returns the mapped sources that every item of the last event lacks. After a malformed event the result is undefined. */
    List<String> absentFields() {
        List<String> absent = new ArrayList<>(mapped.names());
        for (int i = 0; i < items.size(); i++) {
            absent.retainAll(mapped.absent(items.item(i)));
        }
        return absent;
    }

    String sensorId() {
        return cells.text(layout.sensorId);
    }

    long eventTimeMicros() {
        return eventTime.micros();
    }

    private String site() {
        boolean present = layout.site != Layout.NONE && !cells.missing(layout.site);
        return present && !cells.text(layout.site).isEmpty() ? cells.text(layout.site) : null;
    }
}
