package dev.weir.core.check;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The UCUM units that Weir converts, and how. Units of the same dimension convert into each other, and no others. */
public final class Units {

    /** The unit is {@code size} base units of its dimension. */
    private record Scale(String dimension, BigDecimal size) {}

    private static final Map<String, Scale> SCALES = scales();
    private static final Map<String, Map<String, Conversion>> CONVERSIONS = conversions();

    private Units() {}

    /** Whether the unit is one that Weir can convert. */
    public static boolean isKnown(String code) {
        return CONVERSIONS.containsKey(code);
    }

    /** The codes of all units that Weir can convert. */
    public static Set<String> known() {
        return CONVERSIONS.keySet();
    }

    /** How a value is converted, or null if it cannot be: a unit is unknown or null, or the dimensions differ. */
    public static Conversion conversion(String from, String to) {
        // An immutable map refuses null even as a question.
        return from == null || to == null
                ? null
                : CONVERSIONS.getOrDefault(from, Map.of()).get(to);
    }

    private static Map<String, Scale> scales() {
        Map<String, Scale> scales = new LinkedHashMap<>();
        put(scales, "pressure", "Pa", "1", "hPa", "100", "kPa", "1000", "bar", "100000", "mbar", "100");
        // UCUM defines m[Hg] as 133.322 kPa; the conventional millimetre of mercury has more digits.
        put(scales, "pressure", "mm[Hg]", "133.322");
        put(scales, "ratio", "1", "1", "%", "0.01", "[ppm]", "0.000001", "[ppb]", "0.000000001");
        put(scales, "voltage", "V", "1", "mV", "0.001");
        put(scales, "current", "A", "1", "mA", "0.001");
        put(scales, "power", "W", "1", "kW", "1000");
        // Speed in km/h, since 1 km/h is no finite decimal of 1 m/s.
        put(scales, "speed", "km/h", "1", "m/s", "3.6");
        put(scales, "length", "m", "1", "cm", "0.01", "mm", "0.001");
        put(scales, "illuminance", "lx", "1");
        put(scales, "concentration", "mg/m3", "1", "ug/m3", "0.001");
        return scales;
    }

    private static void put(Map<String, Scale> scales, String dimension, String... codesAndSizes) {
        for (int i = 0; i < codesAndSizes.length; i += 2) {
            scales.put(codesAndSizes[i], new Scale(dimension, new BigDecimal(codesAndSizes[i + 1])));
        }
    }

    private static Map<String, Map<String, Conversion>> conversions() {
        Map<String, Map<String, Conversion>> all = new LinkedHashMap<>();
        addTemperatures(all);
        SCALES.forEach((from, source) -> SCALES.forEach((to, target) -> {
            if (source.dimension().equals(target.dimension())) {
                add(all, from, to, ratio(source.size(), target.size()));
            }
        }));
        return all;
    }

    /** The conversion by the factor {@code source / target} as a fraction in lowest terms. */
    private static Conversion ratio(BigDecimal source, BigDecimal target) {
        int scale = Math.max(source.scale(), target.scale());
        BigInteger numerator = source.setScale(scale).unscaledValue();
        BigInteger denominator = target.setScale(scale).unscaledValue();
        BigInteger divisor = numerator.gcd(denominator);
        return new Conversion(
                0,
                numerator.divide(divisor).doubleValue(),
                denominator.divide(divisor).doubleValue(),
                0);
    }

    private static void addTemperatures(Map<String, Map<String, Conversion>> all) {
        add(all, "Cel", "Cel", new Conversion(0, 1, 1, 0));
        add(all, "Cel", "[degF]", new Conversion(0, 9, 5, 32));
        add(all, "Cel", "K", new Conversion(0, 1, 1, 273.15));
        add(all, "[degF]", "[degF]", new Conversion(0, 1, 1, 0));
        add(all, "[degF]", "Cel", new Conversion(-32, 5, 9, 0));
        add(all, "[degF]", "K", new Conversion(459.67, 5, 9, 0));
        add(all, "K", "K", new Conversion(0, 1, 1, 0));
        add(all, "K", "Cel", new Conversion(-273.15, 1, 1, 0));
        add(all, "K", "[degF]", new Conversion(0, 9, 5, -459.67));
    }

    private static void add(Map<String, Map<String, Conversion>> all, String from, String to, Conversion conversion) {
        all.computeIfAbsent(from, unused -> new HashMap<>()).put(to, conversion);
    }
}
