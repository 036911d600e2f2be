package dev.weir.testing.generate;

import dev.weir.core.catalog.Input;
import dev.weir.core.catalog.Metric;
import dev.weir.core.catalog.Scaling;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a device sends for the value that the catalog makes of it: before scaling, as a word of a table, with separators. */
final class SentValues {
    private final Input input;
    private final Map<String, Metric> metrics;

    SentValues(Input input, Map<String, Metric> metrics) {
        this.input = input;
        this.metrics = metrics;
    }

    /** The value itself where it is no measured number, or the catalog takes numbers as they are. */
    Object sent(String name, Object value, Message message) {
        Metric metric = metrics.get(name);
        if (!(value instanceof Double measured) || metric == null) {
            return value;
        }
        Scaling scaling = metric.scaling();
        int dice = message.time instanceof Long millis ? (int) Math.floorMod(millis / 7, 60L) : 0;
        if (!scaling.values().isEmpty() && dice > 0) {
            return word(List.copyOf(new TreeMap<>(scaling.values()).keySet()), dice);
        }
        BigDecimal number = BigDecimal.valueOf(measured);
        if (scaling.scales()) {
            number = number.subtract(scaling.offset())
                    .divide(scaling.scale(), new MathContext(12, RoundingMode.HALF_EVEN));
        }
        boolean separators =
                input.texts().decimalSeparator() != '.' || input.texts().groupingSeparator() != Input.Texts.NO_GROUPING;
        boolean text = input.numbersInTexts() && separators && (input.format() == Input.Format.CSV || dice % 3 > 0);
        if (text) {
            return written(number, dice % 2 == 0);
        }
        return scaling.scales() ? number.doubleValue() : value;
    }

    private Object word(List<String> words, int dice) {
        String word = words.get(dice % words.size());
        boolean bool = word.equals("true") || word.equals("false");
        return bool && dice % 2 == 0 ? (Object) Boolean.valueOf(word) : word;
    }

    private String written(BigDecimal number, boolean groups) {
        String[] parts = number.abs().toPlainString().split("\\.", -1);
        String whole = parts[0];
        char comma = input.texts().groupingSeparator();
        if (groups && comma != Input.Texts.NO_GROUPING) {
            whole = new StringBuilder(whole).reverse().toString().replaceAll("(\\d{3})(?=\\d)", "$1" + comma);
            whole = new StringBuilder(whole).reverse().toString();
        }
        String decimals = parts.length > 1 ? input.texts().decimalSeparator() + parts[1] : "";
        return (number.signum() < 0 ? "-" : "") + whole + decimals;
    }
}
