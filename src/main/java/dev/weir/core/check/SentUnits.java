package dev.weir.core.check;

import dev.weir.core.catalog.UnitCodes;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the conversion from a unit as an event spells it to a metric's unit, and caches it, so that a spelling is parsed once and not for
 * each reading. The cache is bounded, because a sender may use any number of spellings. Not thread-safe.
 */
final class SentUnits {
    /** Limit for each target unit, far above what an honest fleet uses. A full map is emptied. */
    private static final int MAX_SPELLINGS = 1_000;

    private static final Conversion NONE = new Conversion(0, 1, 1, 0);
    private static final Conversion SAME = new Conversion(0, 1, 1, 0);

    /** Characters that cannot begin a unit after a number: signs, digits and superscripts. */
    private static final String NO_UNIT_START = "0123456789+.,(-/*^\u2212\u2215\u2044\u00B7\u22C5"
            + "\u207B\u2070\u00B9\u00B2\u00B3\u2074\u2075\u2076\u2077\u2078\u2079";

    private static final Pattern SIGNS = Pattern.compile("[./()]");
    private static final Pattern ANNOTATION = Pattern.compile("\\{[^}]*+}");
    /** The exponent of a factor. The group matches an exponent of 1, which no real unit has. */
    private static final Pattern EXPONENT = Pattern.compile("(?:([+]?0*1)|[+-]?[0-9]+)$");

    private final Map<String, Map<String, Conversion>> byTarget = new HashMap<>();

    private final boolean senml;

    /** @param senml whether units are spelled as SenML does, too */
    SentUnits(boolean senml) {
        this.senml = senml;
    }

    /** Returns the conversion, or null if there is none. A unit that cannot be converted still converts into itself. */
    Conversion conversion(String sent, String target) {
        Map<String, Conversion> known = byTarget.computeIfAbsent(target, unused -> new HashMap<>());
        Conversion conversion = known.get(sent);
        if (conversion == null) {
            conversion = find(sent, target);
            if (known.size() >= MAX_SPELLINGS) {
                known.clear();
            }
            known.put(sent, conversion);
        }
        return conversion == NONE ? null : conversion;
    }

    /**
     * Returns whether the text, after a number, is a unit of the metric: {@code 50 %}, {@code 3 m³/h}.
     *
     * <p>Dates, fractions and damaged numbers must not become quantities, although UCUM reads {@code 12/05/2026} as 12 of the unit {@code
     * /05/2026}. Unless the text spells the metric's own unit, it must therefore not begin with a sign or a digit, no factor in it may be a
     * number, {@code %} and the like take no exponent, and no exponent is 1.
     */
    boolean isBehindNumber(String sent, String target) {
        if (sent.isEmpty() || NO_UNIT_START.indexOf(sent.charAt(0)) >= 0) {
            return false;
        }
        Conversion conversion = conversion(sent, target);
        return conversion == SAME || (conversion != null && hasOnlyNames(UnitCodes.of(sent)));
    }

    private static boolean hasOnlyNames(String code) {
        for (String factor : SIGNS.split(ANNOTATION.matcher(code).replaceAll("{}"), -1)) {
            boolean number = !factor.isEmpty() && NO_UNIT_START.indexOf(factor.charAt(0)) >= 0;
            Matcher exponent = EXPONENT.matcher(factor);
            boolean power = exponent.find();
            if (number
                    || (power && (exponent.group(1) != null || Units.isRatio(factor.substring(0, exponent.start()))))) {
                return false;
            }
        }
        return true;
    }

    /** Returns the number of cached spellings. */
    int remembered(String target) {
        return byTarget.getOrDefault(target, Map.of()).size();
    }

    private Conversion find(String sent, String target) {
        if (isSame(sent, target) || target.equals('{' + sent + '}')) {
            return SAME;
        }
        Conversion conversion = Units.conversion(UnitCodes.of(sent), UnitCodes.of(target));
        if (conversion == null && senml) {
            conversion = Units.conversion(SenmlUnits.code(sent), UnitCodes.of(target));
        }
        return conversion == null ? NONE : conversion;
    }

    /** Returns whether two texts spell the same unit. */
    static boolean isSame(String a, String b) {
        return a.equals(b) || UnitCodes.of(a).equals(UnitCodes.of(b));
    }
}
