package dev.weir.core.check;

import dev.weir.core.catalog.UnitCodes;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the conversion from a unit as an event spells it to a metric's unit, and remembers it: a code is read once, and not for each reading.
 * Bounded, for a sender may spell as many units as it likes. Not thread-safe.
 */
final class SentUnits {
    /** Far more than the spellings of an honest fleet. A full map is emptied. */
    private static final int MAX_SPELLINGS = 1_000;

    private static final Conversion NONE = new Conversion(0, 1, 1, 0);
    private static final Conversion SAME = new Conversion(0, 1, 1, 0);

    /** Signs, digits and superscripts: what goes on after a number is not the beginning of a unit. */
    private static final String NO_BEGINNING = "0123456789+.,(-/*^\u2212\u2215\u2044\u00B7\u22C5"
            + "\u207B\u2070\u00B9\u00B2\u00B3\u2074\u2075\u2076\u2077\u2078\u2079";

    private static final Pattern SIGNS = Pattern.compile("[./()]");
    private static final Pattern ANNOTATION = Pattern.compile("\\{[^}]*+}");
    /** With the exponent 1, which nobody writes, as a group. */
    private static final Pattern EXPONENT = Pattern.compile("(?:([+]?0*1)|[+-]?[0-9]+)$");

    private final Map<String, Map<String, Conversion>> byTarget = new HashMap<>();

    /** The conversion, or null where there is none. A unit that cannot be converted is still the same as itself. */
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
     * Whether the text, behind a number, is a unit of the metric: {@code 50 %}, {@code 3 m³/h}. Dates, fractions and damaged numbers must not
     * become quantities, although UCUM can read {@code 12/05/2026} as 12 of the unit {@code /05/2026}. So a unit that the metric does not have
     * itself must not begin with a sign or a digit, no factor in it may be a number, {@code %} and its like take no exponent, and none is 1.
     */
    boolean isBehindNumber(String sent, String target) {
        if (sent.isEmpty() || NO_BEGINNING.indexOf(sent.charAt(0)) >= 0) {
            return false;
        }
        Conversion conversion = conversion(sent, target);
        return conversion == SAME || (conversion != null && hasOnlyNames(UnitCodes.of(sent)));
    }

    private static boolean hasOnlyNames(String code) {
        for (String factor : SIGNS.split(ANNOTATION.matcher(code).replaceAll("{}"), -1)) {
            boolean number = !factor.isEmpty() && NO_BEGINNING.indexOf(factor.charAt(0)) >= 0;
            Matcher exponent = EXPONENT.matcher(factor);
            boolean power = exponent.find();
            if (number
                    || (power && (exponent.group(1) != null || Units.isRatio(factor.substring(0, exponent.start()))))) {
                return false;
            }
        }
        return true;
    }

    /** How many spellings are remembered. */
    int remembered(String target) {
        return byTarget.getOrDefault(target, Map.of()).size();
    }

    private static Conversion find(String sent, String target) {
        if (isSame(sent, target) || target.equals('{' + sent + '}')) {
            return SAME;
        }
        Conversion conversion = Units.conversion(UnitCodes.of(sent), UnitCodes.of(target));
        return conversion == null ? NONE : conversion;
    }

    /** Whether two texts spell one unit. */
    static boolean isSame(String a, String b) {
        return a.equals(b) || UnitCodes.of(a).equals(UnitCodes.of(b));
    }
}
