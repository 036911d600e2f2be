package dev.weir.testing.oracle;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Units as the oracle knows them: products and quotients of a few units of UCUM, their prefixes and their common spellings. Each unit is a
 * fraction of its dimension's base: base = (value + shift) * numerator / denominator. What is not listed converts into nothing.
 */
final class Units {
    private record Unit(
            Map<String, Integer> dimension, BigDecimal shift, BigDecimal numerator, BigDecimal denominator) {
        Unit times(Unit other, int power) {
            Map<String, Integer> product = new TreeMap<>(dimension);
            other.dimension.forEach((base, exponent) -> product.merge(base, exponent * power, Integer::sum));
            product.values().removeIf(exponent -> exponent == 0);
            BigDecimal up = (power < 0 ? other.denominator : other.numerator).pow(Math.abs(power));
            BigDecimal down = (power < 0 ? other.numerator : other.denominator).pow(Math.abs(power));
            return new Unit(product, BigDecimal.ZERO, numerator.multiply(up), denominator.multiply(down));
        }
    }

    private static final String PREFIXES = "YZEPTGMkhdcmunpfazy";
    private static final int[] POWERS = {24, 21, 18, 15, 12, 9, 6, 3, 2, -1, -2, -3, -6, -9, -12, -15, -18, -21, -24};
    private static final Pattern FACTOR = Pattern.compile("([A-Za-z%\\[\\]']+)([+-]?[0-9]{1,2})?|([0-9]+)");
    private static final Pattern CELSIUS_IN_A_PRODUCT = Pattern.compile("(?<=^|[./])°C(?=$|[./0-9+-])");
    private static final int MAX_CHARS = 64;
    private static final int MAX_EXPONENT = 18;

    private static final Map<String, Unit> UNITS = new HashMap<>();
    private static final Set<String> WITHOUT_PREFIX = Set.of("1", "%", "[ppm]", "[ppb]", "h", "min", "d", "[degF]");
    private static final Set<String> TEMPERATURES = Set.of("K", "Cel", "[degF]");
    private static final Map<String, String> SPELLINGS = Map.ofEntries(
            Map.entry("°C", "Cel"),
            Map.entry("degC", "Cel"),
            Map.entry("°F", "[degF]"),
            Map.entry("mmHg", "mm[Hg]"),
            Map.entry("percent", "%"),
            Map.entry("ppm", "[ppm]"),
            Map.entry("kWh", "kW.h"),
            Map.entry("µg/m³", "ug/m3"),
            Map.entry("μg/m3", "ug/m3"),
            Map.entry("m³/h", "m3/h"));

    static {
        for (String base : new String[] {"m", "g", "s", "K", "V", "A", "lx"}) {
            add(base, base, "1", "1");
        }
        // Each temperature with a zero of its own is a dimension of its own, but for the three that stand alone.
        add("Cel", "Cel", "1", "1");
        add("[degF]", "[degF]", "1", "1");
        add("1", "", "1", "1");
        add("%", "", "1", "100");
        add("[ppm]", "", "1", "1000000");
        add("[ppb]", "", "1", "1000000000");
        add("h", "s", "3600", "1");
        add("min", "s", "60", "1");
        add("d", "s", "86400", "1");
        UNITS.put("W", UNITS.get("V").times(UNITS.get("A"), 1));
        UNITS.put("l", scaled(UNITS.get("m").times(UNITS.get("m"), 2), "1", "1000"));
        UNITS.put("L", UNITS.get("l"));
        // kg/(m.s2), and UCUM's metre of mercury, 133.322 kPa
        Unit pascal = scaled(UNITS.get("g").times(UNITS.get("m"), -1).times(UNITS.get("s"), -2), "1000", "1");
        UNITS.put("Pa", pascal);
        UNITS.put("bar", scaled(pascal, "100000", "1"));
        UNITS.put("m[Hg]", scaled(pascal, "133322", "1"));
    }

    private Units() {}

    private static void add(String code, String dimension, String numerator, String denominator) {
        Map<String, Integer> base = dimension.isEmpty() ? Map.of() : Map.of(dimension, 1);
        UNITS.put(code, new Unit(base, BigDecimal.ZERO, new BigDecimal(numerator), new BigDecimal(denominator)));
    }

    private static Unit scaled(Unit unit, String up, String down) {
        return new Unit(
                unit.dimension,
                unit.shift,
                unit.numerator.multiply(new BigDecimal(up)),
                unit.denominator.multiply(new BigDecimal(down)));
    }

    /** Whether a value in one unit can be said in the other. A unit is convertible to itself, known or not, and however it is spelled. */
    static boolean convertible(String from, String to) {
        if (same(from, to) || to.equals("{" + from + "}")) {
            return true;
        }
        Unit a = unit(from, to);
        Unit b = unit(to, from);
        return a != null && b != null && a.dimension().equals(b.dimension());
    }

    /**
     * Whether behind a number the text is a unit: the other one, or names of units alone, of which a mere ratio has no
     * exponent, and none that of 1.
     */
    static boolean named(String from, String to) {
        if (same(from, to) || to.equals("{" + from + "}")) {
            return true;
        }
        for (String part : code(from).split("[./]", -1)) {
            Matcher factor = FACTOR.matcher(part);
            if (!factor.matches() || factor.group(1) == null) {
                return false;
            }
            Unit unit = withPrefix(factor.group(1));
            boolean ratio = unit == null || unit.dimension().isEmpty();
            if (unit == null
                    || (factor.group(2) != null && (ratio || factor.group(2).matches("[+]?0?1")))) {
                return false;
            }
        }
        return true;
    }

    static boolean same(String from, String to) {
        return code(from).equals(code(to));
    }

    /** The exact result. */
    static Ratio convert(BigDecimal value, String from, String to) {
        if (same(from, to) || to.equals("{" + from + "}")) {
            return new Ratio(value, BigDecimal.ONE);
        }
        Unit a = unit(from, to);
        Unit b = unit(to, from);
        BigDecimal denominator = a.denominator().multiply(b.numerator());
        BigDecimal shifted = value.add(a.shift()).multiply(a.numerator()).multiply(b.denominator());
        return new Ratio(shifted.subtract(b.shift().multiply(denominator)), denominator);
    }

    private static String code(String text) {
        String stripped = UNITS.containsKey(text) ? text : text.strip();
        return SPELLINGS.getOrDefault(
                stripped, CELSIUS_IN_A_PRODUCT.matcher(stripped).replaceAll("Cel"));
    }

    /** As it is seen beside the other: two temperatures have one dimension, but 1 mCel and 1 Cel are no temperatures. */
    private static Unit unit(String text, String other) {
        String alone = TEMPERATURES.contains(code(other)) ? code(text) : "";
        return switch (alone) {
            case "K" -> new Unit(Map.of("T", 1), BigDecimal.ZERO, BigDecimal.ONE, BigDecimal.ONE);
            case "Cel" -> new Unit(Map.of("T", 1), new BigDecimal("273.15"), BigDecimal.ONE, BigDecimal.ONE);
            case "[degF]" -> new Unit(Map.of("T", 1), new BigDecimal("459.67"), new BigDecimal(5), new BigDecimal(9));
            default -> product(code(text));
        };
    }

    /** From left to right: what stands after a slash divides, up to the next sign. */
    private static Unit product(String code) {
        if ((code.matches("[0-9]*") && !code.equals("1")) || code.length() > MAX_CHARS) {
            return null;
        }
        Unit product = UNITS.get("1");
        String signed = code.startsWith("/") ? code : "." + code;
        for (String part : signed.split("(?=[./])", -1)) {
            Matcher factor = FACTOR.matcher(part.substring(1));
            if (!factor.matches()) {
                return null;
            }
            Unit unit = factor.group(3) != null
                    ? scaled(UNITS.get("1"), factor.group(3), "1")
                    : withPrefix(factor.group(1));
            int power = factor.group(2) == null ? 1 : Integer.parseInt(factor.group(2));
            if (unit == null || unit.numerator().signum() == 0 || power == 0 || Math.abs(power) > MAX_EXPONENT) {
                return null;
            }
            product = product.times(unit, part.startsWith("/") ? -power : power);
        }
        return product;
    }

    private static Unit withPrefix(String name) {
        Unit unit = UNITS.get(name);
        if (unit != null) {
            return unit;
        }
        String rest = name.startsWith("da") ? name.substring(2) : name.substring(1);
        int power = name.startsWith("da") ? 1 : PREFIXES.indexOf(name.charAt(0));
        if (power < 0 || WITHOUT_PREFIX.contains(rest) || !UNITS.containsKey(rest)) {
            return null;
        }
        int tens = name.startsWith("da") ? 1 : POWERS[power];
        String factor = "1" + "0".repeat(Math.abs(tens));
        return tens > 0 ? scaled(UNITS.get(rest), factor, "1") : scaled(UNITS.get(rest), "1", factor);
    }
}
