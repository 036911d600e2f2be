package dev.weir.core.check;

import java.util.Map;

/**
 * The unit names of SenML (RFC 8428, section 12.1, and RFC 8798) that are spelled otherwise in UCUM. The names that both share, and those
 * that {@link dev.weir.core.catalog.UnitCodes} knows, are left out, and so are those that UCUM has no linear unit for: decibels, turbidity,
 * reactive power.
 */
final class SenmlUnits {
    private static final Map<String, String> CODES = Map.ofEntries(
            Map.entry("/", "1"),
            Map.entry("count", "1"),
            Map.entry("beats", "1"),
            Map.entry("beat/min", "/min"),
            Map.entry("%EL", "%"),
            Map.entry("EL", "s"),
            Map.entry("lat", "deg"),
            Map.entry("lon", "deg"),
            Map.entry("VAs", "V.A.s"),
            Map.entry("kVAh", "kV.A.h"),
            Map.entry("B", "By"),
            Map.entry("B/s", "By/s"),
            Map.entry("KiB", "1024.By"),
            Map.entry("MB/s", "MBy/s"),
            Map.entry("GB", "GBy"));

    private SenmlUnits() {}

    /** Returns the UCUM code of a name that differs from it; null for other names. */
    static String code(String name) {
        return CODES.get(name);
    }
}
