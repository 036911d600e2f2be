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

/** The reading level of docs/reject-reasons.md, before the exchange: what needs no history, in its order. */
final class ReadingChecks {
    private static final BigInteger MICROS_PER_MILLI = BigInteger.valueOf(1_000);

    private final Catalog catalog;
    private final long earliestMicros;
    private final BigInteger skewMicros;

    ReadingChecks(Catalog catalog, TimeSettings time) {
        this.catalog = catalog;
        this.earliestMicros = EventTimes.micros(time.earliest());
        this.skewMicros = BigInteger.valueOf(SeriesFold.micros(time.futureSkew()));
    }

    Verdict judge(DecodedEvent.Slot slot, DecodedEvent.Item item, Input input, Origin origin) {
        try {
            return candidate(slot, item, input, origin);
        } catch (EventFault fault) {
            return new Rejected(origin, fault.reason(), item.prefix() + fault.getMessage(), slot.metric());
        }
    }

    private Candidate candidate(DecodedEvent.Slot slot, DecodedEvent.Item item, Input input, Origin origin)
            throws EventFault {
        rejectIf(slot.metric() == null, Reason.MALFORMED, "a name that is none");
        Metric metric = catalog.metrics().get(slot.metric());
        rejectIf(InputDecoder.missing(slot.value(), input.nullValues()), Reason.MISSING_FIELD, "value");
        SentValue value = SentValue.of(slot, metric, input);
        rejectIf(value == null, Reason.WRONG_TYPE, "value");
        String sentUnit = optionalText(slot.unit(), "unit", input);
        Object sentSite = item.site() instanceof Fields.Number ? InputDecoder.name(item.site()) : item.site();
        rejectIf(item.site() != null && sentSite == null, Reason.WRONG_TYPE, "site");
        String site = item.site() instanceof Fields.Number ? (String) sentSite : optionalText(sentSite, "site", input);
        rejectIf(!Double.isFinite(value.number()), Reason.NON_FINITE, "");

        rejectIf(metric == null && !catalog.acceptUnknownMetrics(), Reason.UNKNOWN_METRIC, "");
        String unit = metric == null ? sentUnit : metric.unit();
        if (value.unit() != null) {
            rejectIf(sentUnit != null && !Units.same(sentUnit, value.unit()), Reason.UNIT_MISMATCH, "two units");
            sentUnit = value.unit();
        }
        Ratio exact = new Ratio(value.exact(), BigDecimal.ONE);
        double number = value.number();
        int quality = 0;
        if (metric != null) {
            rejectUnless(sentUnit, metric);
            rejectIf(isSentinel(value, metric), Reason.OUT_OF_RANGE, "sentinel");
            if (metric.scaling().scales()) {
                exact = new Ratio(scaled(value.exact(), metric), BigDecimal.ONE);
                number = Numbers.plusZero(exact.nearest());
                rejectIf(!Double.isFinite(number), Reason.NON_FINITE, "after scaling");
            }
            if (sentUnit != null && !Units.same(sentUnit, metric.unit())) {
                exact = Units.convert(exact.numerator(), sentUnit, metric.unit());
                number = exact.nearest();
            }
            rejectIf(!Double.isFinite(number), Reason.NON_FINITE, "after conversion");
            quality = rangeQuality(number, metric);
        }
        checkTime(item.eventTimeMicros(), origin);
        SeriesKey series = new SeriesKey(item.sensorId(), slot.metric());
        Long later = item.laterMicros() == null || isFuture(item.laterMicros(), origin) ? null : item.laterMicros();
        return new Candidate(
                new Accepted(series, item.eventTimeMicros(), number, unit, site, quality, origin), exact, later);
    }

    /** The text; null for none: absent, empty or a null text. */
    private static String optionalText(Object field, String what, Input input) throws EventFault {
        rejectIf(field != null && !(field instanceof String), Reason.WRONG_TYPE, what);
        boolean none = field == null || field.equals("") || input.nullValues().contains(field.toString());
        return none ? null : (String) field;
    }

    private static void rejectUnless(String sentUnit, Metric metric) throws EventFault {
        boolean convertible = sentUnit == null || metric.unit() != null && Units.convertible(sentUnit, metric.unit());
        rejectIf(!convertible, Reason.UNIT_MISMATCH, sentUnit);
    }

    /** Compared with the number as sent. */
    private static boolean isSentinel(SentValue value, Metric metric) {
        return metric.sentinels().stream().anyMatch(sentinel -> sentinel == value.number());
    }

    private static BigDecimal scaled(BigDecimal sent, Metric metric) {
        return sent.multiply(metric.scaling().scale()).add(metric.scaling().offset());
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
