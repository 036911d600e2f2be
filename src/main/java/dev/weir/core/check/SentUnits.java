package dev.weir.core.check;

import dev.weir.config.catalog.UnitCodes;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds the conversion from a unit as an event spells it to a metric's unit, and remembers it: a code is read once, and not for each reading.
 * Bounded, for a sender may spell as many units as it likes. Not thread-safe.
 */
final class SentUnits {
    /** Far more than the spellings of an honest fleet. A full map is emptied. */
    private static final int MAX_SPELLINGS = 1_000;

    private static final Conversion NONE = new Conversion(0, 1, 1, 0);
    private static final Conversion SAME = new Conversion(0, 1, 1, 0);

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
