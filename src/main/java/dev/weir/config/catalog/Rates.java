package dev.weir.config.catalog;

import dev.weir.config.parse.Durations;
import dev.weir.core.catalog.Rate;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads rates. */
final class Rates {
    private static final Pattern RATE = Pattern.compile("([^/\\s]+)\\s*/\\s*([1-9][0-9]{0,8})?\\s*(ms|s|min|h|d)");
    private static final String RATE_CURE = "write for instance 10/min, 50/s or 5/10s; units: ms, s, min, h, d";

    private Rates() {}

    /** Returns the rate under the key; null if it is absent or wrong. */
    static Rate read(Section section, String key) {
        String text = section.text(key);
        if (text == null) {
            return null;
        }
        Matcher matcher = RATE.matcher(text.trim());
        try {
            if (matcher.matches()) {
                BigDecimal amount = new BigDecimal(matcher.group(1));
                String count = matcher.group(2) == null ? "1" : matcher.group(2);
                Duration per = Durations.parse(count + " " + matcher.group(3));
                // The double also bounds the exponent, so that later code never expands a number to a million digits.
                if (amount.doubleValue() > 0 && Double.isFinite(amount.doubleValue())) {
                    return new Rate(amount, per);
                }
                section.problem(key, "must be positive, got " + text, RATE_CURE);
                return null;
            }
        } catch (IllegalArgumentException e) {
            // Reported below.
        }
        section.problem(key, "must be a rate, got \"" + text + "\"", RATE_CURE);
        return null;
    }
}
