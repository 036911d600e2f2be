package dev.weir.testing.oracle;

import dev.weir.core.catalog.Catalog;
import dev.weir.core.catalog.Input;
import dev.weir.core.catalog.Metric;
import dev.weir.core.catalog.TimeSettings;
import dev.weir.core.model.Flag;
import dev.weir.core.model.Origin;
import dev.weir.core.model.Reason;
import dev.weir.core.model.SeriesKey;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.OptionalDouble;

/** The reading level of docs/reject-reasons.md, before the exchange: what needs no history, in its order. */
final class ReadingChecks {
    private static final BigInteger MICROS_PER_MILLI = BigInteger.valueOf(1_000);

    private final Catalog catalog;
    private final boolean numbersInText;
    private final long earliestMicros;
    private final BigInteger skewMicros;

    ReadingChecks(Catalog catalog, TimeSettings time) {
        this.catalog = catalog;
        this.numbersInText = catalog.inputs().get(0).format() == Input.Format.CSV
                || catalog.inputs().get(0).lenientNumbers();
        this.earliestMicros = EventTimes.micros(time.earliest());
        this.skewMicros = BigInteger.valueOf(SeriesFold.micros(time.futureSkew()));
    }

    Verdict judge(DecodedEvent.Slot slot, DecodedEvent event, Origin origin) {
        try {
            return candidate(slot, event, origin);
        } catch (EventFault fault) {
            return new Rejected(origin, fault.reason(), fault.getMessage(), slot.metric());
        }
    }

    private Candidate candidate(DecodedEvent.Slot slot, DecodedEvent event, Origin origin) throws EventFault {
        Metric metric = catalog.metrics().get(slot.metric());
        Quantity quantity = quantity(slot.value(), metric);
        Object field = quantity == null ? slot.value() : quantity.number();
        double sent = number(field);
        String sentUnit = optionalText(slot.unit(), "unit");
        Object sentSite = event.site() instanceof Fields.Number ? EventDecoder.name(event.site()) : event.site();
        rejectIf(event.site() != null && sentSite == null, Reason.WRONG_TYPE, "site");
        String site = event.site() instanceof Fields.Number ? (String) sentSite : optionalText(sentSite, "site");
        rejectIf(!Double.isFinite(sent), Reason.NON_FINITE, "");

        rejectIf(metric == null && !catalog.acceptUnknownMetrics(), Reason.UNKNOWN_METRIC, "");
        String unit = metric == null ? sentUnit : metric.unit();
        if (quantity != null) {
            rejectIf(sentUnit != null && !Units.same(sentUnit, quantity.unit()), Reason.UNIT_MISMATCH, "two units");
            sentUnit = quantity.unit();
        }
        Ratio exact = digits(field, sent);
        double value = sent;
        int quality = 0;
        if (metric != null) {
            exact = converted(exact, sent, sentUnit, metric);
            value = sentUnit == null || Units.same(sentUnit, metric.unit()) ? sent : exact.nearest();
            rejectIf(!Double.isFinite(value), Reason.NON_FINITE, "after conversion");
            quality = rangeQuality(value, metric);
        }
        checkTime(event.eventTimeMicros(), origin);
        SeriesKey series = new SeriesKey(event.sensorId(), slot.metric());
        Long later = event.laterMicros() == null || isFuture(event.laterMicros(), origin) ? null : event.laterMicros();
        return new Candidate(
                new Accepted(series, event.eventTimeMicros(), value, unit, site, quality, origin), exact, later);
    }

    private record Quantity(String number, String unit) {}

    /** A number and a unit in one text, where numbers may stand in texts and the unit is the metric's or converts into it; else null. */
    private Quantity quantity(Object field, Metric metric) {
        boolean candidate = numbersInText && field instanceof String && metric != null && metric.unit() != null;
        String text = candidate ? (String) field : "";
        // The longest beginning that is a number by itself; what is left must not go on as a number would.
        for (int end = text.length() - 1; end > 0 && text.length() <= 128; end--) {
            String unit = text.substring(end)
                    .replaceFirst("^[\\s\u00A0\u202F\u2000-\u200A\u3000]+", "")
                    .strip();
            boolean atUnit = !unit.isEmpty() && "0123456789+.,(-/".indexOf(unit.charAt(0)) < 0;
            String number =
                    text.substring(0, end).replaceFirst("[\u00A0\u202F]+$", "").strip();
            if (atUnit && Numbers.value(number, true) != null && !Numbers.isNotFinite(number)) {
                boolean isUnit = Units.named(unit, metric.unit()) && Units.convertible(unit, metric.unit());
                return isUnit ? new Quantity(number, unit) : null;
            }
        }
        return null;
    }

    private double number(Object field) throws EventFault {
        rejectIf(EventDecoder.missing(field, catalog.inputs().get(0).nullValues()), Reason.MISSING_FIELD, "value");
        OptionalDouble number = Numbers.read(field, numbersInText);
        rejectIf(number.isEmpty(), Reason.WRONG_TYPE, "value");
        return number.getAsDouble();
    }

    /** The text; null for none: absent, empty or a null text. */
    private String optionalText(Object field, String what) throws EventFault {
        rejectIf(field != null && !(field instanceof String), Reason.WRONG_TYPE, what);
        boolean none = field == null
                || field.equals("")
                || catalog.inputs().get(0).nullValues().contains(field.toString());
        return none ? null : (String) field;
    }

    /** The number as its digits say. Where a double has none of them, 1e-999999999 for instance, it is 0 here, too. */
    private Ratio digits(Object field, double sent) {
        return new Ratio(
                sent == 0 ? BigDecimal.ZERO : new BigDecimal(Numbers.value(field, numbersInText)), BigDecimal.ONE);
    }

    private static Ratio converted(Ratio exact, double sent, String sentUnit, Metric metric) throws EventFault {
        boolean convertible = sentUnit == null || metric.unit() != null && Units.convertible(sentUnit, metric.unit());
        rejectIf(!convertible, Reason.UNIT_MISMATCH, sentUnit);
        rejectIf(metric.sentinels().stream().anyMatch(s -> s == sent), Reason.OUT_OF_RANGE, "sentinel");
        return sentUnit == null ? exact : Units.convert(exact.numerator(), sentUnit, metric.unit());
    }

    private int rangeQuality(double value, Metric metric) throws EventFault {
        boolean outside = value < metric.min() || value > metric.max();
        rejectIf(outside && !metric.flags(Flag.OUT_OF_RANGE), Reason.OUT_OF_RANGE, "");
        return outside ? Flag.OUT_OF_RANGE.bit() : 0;
    }

    private void checkTime(long eventTimeMicros, Origin origin) throws EventFault {
        rejectIf(eventTimeMicros < earliestMicros, Reason.ANCIENT_TIMESTAMP, "");
        rejectIf(isFuture(eventTimeMicros, origin), Reason.FUTURE_TIMESTAMP, "");
    }

    private boolean isFuture(long eventTimeMicros, Origin origin) {
        BigInteger latest = BigInteger.valueOf(origin.timestampMillis())
                .multiply(MICROS_PER_MILLI)
                .add(skewMicros);
        return BigInteger.valueOf(eventTimeMicros).compareTo(latest) > 0;
    }

    private static void rejectIf(boolean bad, Reason reason, String detail) throws EventFault {
        if (bad) {
            throw new EventFault(reason, detail);
        }
    }
}
