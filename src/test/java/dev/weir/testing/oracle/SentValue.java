package dev.weir.testing.oracle;

import dev.weir.core.catalog.Input;
import dev.weir.core.catalog.Metric;
import java.math.BigDecimal;
import java.util.Map;

/**
 * A value as it was sent, before scaling and conversion.
 *
 * @param number the nearest double, infinite beyond its range; NaN for all that is not finite by its name
 * @param exact what its digits say; 0 where a double has none of them, as of 1e-999999999, and where the number is not finite
 * @param unit what stands behind the number in the same text; null for none
 */
record SentValue(double number, BigDecimal exact, String unit) {
    private static final int GREATEST_QUANTITY = 128;

    private record Quantity(String number, String unit) {}

    /** Null if it is no number. */
    static SentValue of(DecodedEvent.Slot slot, Metric metric, Input input) {
        Object field = slot.value();
        Map<String, Double> table = metric == null ? Map.of() : metric.scaling().values();
        Object key = field instanceof Fields.Other other ? other.content() : field;
        if (key instanceof String text && table.containsKey(text)) {
            double number = Numbers.plusZero(table.get(text));
            return new SentValue(number, BigDecimal.valueOf(number), null);
        }
        if (field instanceof Fields.Number number) {
            return of(number.raw(), null);
        }
        if (field instanceof Fields.Time time && time.number() != null) {
            return of(time.number().raw(), null);
        }
        boolean inText = input.format() == Input.Format.CSV || input.lenientNumbers() || slot.textOnly();
        if (!inText || !(field instanceof String text)) {
            return null;
        }
        Quantity quantity = quantity(text, metric, input);
        if (quantity != null) {
            return of(quantity.number(), quantity.unit());
        }
        String number = Numbers.value(text, input.texts());
        return number == null ? null : of(number, null);
    }

    private static SentValue of(String written, String unit) {
        if (Numbers.isNotFinite(written)) {
            return new SentValue(Double.NaN, BigDecimal.ZERO, unit);
        }
        double number = Numbers.decimal(written);
        boolean hasDigits = number != 0 && Double.isFinite(number);
        return new SentValue(number, hasDigits ? new BigDecimal(written) : BigDecimal.ZERO, unit);
    }

    /** A number and a unit in one text, where the unit is the metric's or converts into it; else null. */
    private static Quantity quantity(String text, Metric metric, Input input) {
        boolean candidate = metric != null && metric.unit() != null && text.length() <= GREATEST_QUANTITY;
        // The longest beginning that is a number by itself; what is left must not go on as a number would.
        for (int end = text.length() - 1; candidate && end > 0; end--) {
            String unit = text.substring(end)
                    .replaceFirst("^[\\s\u00A0\u202F\u2000-\u200A\u3000]+", "")
                    .strip();
            boolean atUnit = !unit.isEmpty() && "0123456789+.,(-/".indexOf(unit.charAt(0)) < 0;
            String number =
                    text.substring(0, end).replaceFirst("[\u00A0\u202F]+$", "").strip();
            String value = atUnit ? Numbers.value(number, input.texts()) : null;
            if (value != null && !Numbers.isNotFinite(value)) {
                boolean isUnit = Units.named(unit, metric.unit()) && Units.convertible(unit, metric.unit());
                return isUnit ? new Quantity(value, unit) : null;
            }
        }
        return null;
    }
}
