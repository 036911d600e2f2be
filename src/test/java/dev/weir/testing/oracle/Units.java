package dev.weir.testing.oracle;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/** The UCUM units of DESIGN section 4. Each is a fraction of its dimension's first unit: base = (value + shift) * numerator / denominator. */
final class Units {
    private record Unit(String dimension, BigDecimal shift, BigDecimal numerator, BigDecimal denominator) {}

    private static final Map<String, Unit> UNITS = new HashMap<>();

    static {
        add("temperature", "K", "0", "1", "1");
        add("temperature", "Cel", "273.15", "1", "1");
        add("temperature", "[degF]", "459.67", "5", "9");
        add("pressure", "Pa", "0", "1", "1");
        add("pressure", "hPa", "0", "100", "1");
        add("pressure", "kPa", "0", "1000", "1");
        add("pressure", "bar", "0", "100000", "1");
        add("pressure", "mbar", "0", "100", "1");
        add("pressure", "mm[Hg]", "0", "133.322", "1"); // UCUM: m[Hg] = 133.322 kPa
        add("fraction", "1", "0", "1", "1");
        add("fraction", "%", "0", "1", "100");
        add("voltage", "V", "0", "1", "1");
        add("voltage", "mV", "0", "1", "1000");
        add("current", "A", "0", "1", "1");
        add("current", "mA", "0", "1", "1000");
        add("power", "W", "0", "1", "1");
        add("power", "kW", "0", "1000", "1");
        add("speed", "m/s", "0", "1", "1");
        add("speed", "km/h", "0", "10", "36");
        add("length", "m", "0", "1", "1");
        add("length", "cm", "0", "1", "100");
        add("length", "mm", "0", "1", "1000");
        add("illuminance", "lx", "0", "1", "1");
        add("density", "ug/m3", "0", "1", "1");
        add("density", "mg/m3", "0", "1000", "1");
        add("fraction", "[ppb]", "0", "1", "1000000000");
        add("fraction", "[ppm]", "0", "1", "1000000");
    }

    private Units() {}

    private static void add(String dimension, String code, String shift, String numerator, String denominator) {
        UNITS.put(
                code,
                new Unit(dimension, new BigDecimal(shift), new BigDecimal(numerator), new BigDecimal(denominator)));
    }

    /** Whether a value in one unit can be said in the other. A unit is convertible to itself, known or not. */
    static boolean convertible(String from, String to) {
        if (from.equals(to)) {
            return true;
        }
        Unit a = UNITS.get(from);
        Unit b = UNITS.get(to);
        return a != null && b != null && a.dimension().equals(b.dimension());
    }

    /** The exact result. */
    static Ratio convert(BigDecimal value, String from, String to) {
        if (from.equals(to)) {
            return new Ratio(value, BigDecimal.ONE);
        }
        Unit a = UNITS.get(from);
        Unit b = UNITS.get(to);
        BigDecimal denominator = a.denominator().multiply(b.numerator());
        BigDecimal shifted = value.add(a.shift()).multiply(a.numerator()).multiply(b.denominator());
        return new Ratio(shifted.subtract(b.shift().multiply(denominator)), denominator);
    }
}
