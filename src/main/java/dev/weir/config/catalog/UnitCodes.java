package dev.weir.config.catalog;

import java.util.List;
import java.util.Map;

/** The UCUM codes that a catalog may name, and what people write instead of them. */
public final class UnitCodes {
    public static final List<String> ALL = List.of(
            "Cel", "[degF]", "K", "Pa", "hPa", "kPa", "bar", "mbar", "mm[Hg]", "%", "1", "mV", "V", "mA", "A", "W",
            "kW", "m/s", "km/h", "mm", "cm", "m", "lx", "ug/m3", "mg/m3", "[ppm]", "[ppb]");

    private static final Map<String, String> HABITS = Map.ofEntries(
            Map.entry("C", "Cel"),
            Map.entry("°C", "Cel"),
            Map.entry("degC", "Cel"),
            Map.entry("celsius", "Cel"),
            Map.entry("F", "[degF]"),
            Map.entry("°F", "[degF]"),
            Map.entry("degF", "[degF]"),
            Map.entry("mmHg", "mm[Hg]"),
            Map.entry("lux", "lx"),
            Map.entry("ppm", "[ppm]"),
            Map.entry("ppb", "[ppb]"),
            Map.entry("kph", "km/h"),
            Map.entry("µg/m3", "ug/m3"),
            Map.entry("µg/m³", "ug/m3"),
            Map.entry("mps", "m/s"),
            Map.entry("percent", "%"));

    private UnitCodes() {}

    public static boolean isKnown(String code) {
        return ALL.contains(code);
    }

    static String cure(String code) {
        String meant = HABITS.get(code);
        return meant == null ? "allowed: " + String.join(", ", ALL) : "did you mean \"" + meant + "\"?";
    }
}
