package dev.weir.core.check;

import dev.weir.core.catalog.UnitCodes;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Converts between units by their UCUM codes. Units of the same dimension convert into each other, and no others. */
public final class Units {
    /** Conversions between the codes that catalogs use most, computed once. A reading in another unit then costs two lookups. */
    private static final Map<String, Map<String, Conversion>> CONVERSIONS = conversions();

    private Units() {}

    /** Returns whether the text is a UCUM code that Weir supports. */
    public static boolean isKnown(String code) {
        return CONVERSIONS.containsKey(code) || Ucum.parse(code) != null;
    }

    /** Returns whether the code is a unit without a dimension, such as {@code %}. */
    static boolean isRatio(String code) {
        Ucum.Unit unit = Ucum.parse(code);
        return unit != null && unit.dimension().isEmpty();
    }

    /** Returns the conversion, or null if a unit is unknown or null, or the dimensions differ. */
    public static Conversion conversion(String from, String to) {
        if (from == null || to == null) {
            return null;
        }
        Map<String, Conversion> known = CONVERSIONS.get(from);
        Conversion conversion = known == null ? null : known.get(to);
        return conversion == null ? ratio(Ucum.parse(from), Ucum.parse(to)) : conversion;
    }

    /** Returns the conversion by a factor, as a fraction in lowest terms. */
    private static Conversion ratio(Ucum.Unit source, Ucum.Unit target) {
        if (source == null || target == null || !source.dimension().equals(target.dimension())) {
            return null;
        }
        BigInteger numerator = source.numerator().multiply(target.denominator());
        BigInteger denominator = source.denominator().multiply(target.numerator());
        BigInteger common = numerator.gcd(denominator);
        double multiplier = numerator.divide(common).doubleValue();
        double divisor = denominator.divide(common).doubleValue();
        boolean finite = Double.isFinite(multiplier) && Double.isFinite(divisor);
        return finite ? new Conversion(0, multiplier, divisor, 0) : null;
    }

    private static Map<String, Map<String, Conversion>> conversions() {
        Map<String, Map<String, Conversion>> all = new LinkedHashMap<>();
        addTemperatures(all);
        for (String from : UnitCodes.COMMON) {
            for (String to : UnitCodes.COMMON) {
                Conversion ratio = ratio(Ucum.parse(from), Ucum.parse(to));
                if (ratio != null) {
                    add(all, from, to, ratio);
                }
            }
        }
        return all;
    }

    private static void addTemperatures(Map<String, Map<String, Conversion>> all) {
        add(all, "Cel", "[degF]", new Conversion(0, 9, 5, 32));
        add(all, "Cel", "K", new Conversion(0, 1, 1, 273.15));
        add(all, "[degF]", "Cel", new Conversion(-32, 5, 9, 0));
        add(all, "[degF]", "K", new Conversion(459.67, 5, 9, 0));
        add(all, "K", "Cel", new Conversion(-273.15, 1, 1, 0));
        add(all, "K", "[degF]", new Conversion(0, 9, 5, -459.67));
    }

    private static void add(Map<String, Map<String, Conversion>> all, String from, String to, Conversion conversion) {
        all.computeIfAbsent(from, unused -> new HashMap<>()).put(to, conversion);
    }
}
