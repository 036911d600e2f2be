package dev.weir.core.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Converts common spellings of units into UCUM codes: {@code °C} into {@code Cel}, {@code µg/m³} into {@code ug/m3}, {@code kWh} into
 * {@code kW.h}. Valid UCUM keeps its meaning, with three exceptions whose UCUM meaning no sensor reports: {@code pH} and {@code PH} become
 * {@code [pH]} and not the picohenry and petahenry, and {@code ft} becomes {@code [ft_i]} and not the femtotonne.
 */
public final class UnitCodes {
    /** The codes that catalogs use most. */
    public static final List<String> COMMON = List.of(
            "Cel", "[degF]", "K", "Pa", "hPa", "kPa", "bar", "mbar", "mm[Hg]", "%", "1", "mV", "V", "mA", "A", "W",
            "kW", "m/s", "km/h", "mm", "cm", "m", "lx", "ug/m3", "mg/m3", "[ppm]", "[ppb]");

    /** Each row is a code, followed by its spellings. */
    private static final String[][] SPELLINGS = {
        {"Cel", "°C", "ºC", "˚C", "° C", "\u2103", "degC", "deg C", "deg_C", "celsius", "Celsius"},
        {"[degF]", "°F", "ºF", "˚F", "° F", "\u2109", "degF", "deg F", "deg_F", "fahrenheit", "Fahrenheit"},
        {"K", "°K", "degK", "kelvin", "Kelvin"},
        {"mm[Hg]", "mmHg"},
        {"[in_i'Hg]", "inHg"},
        {"mm[H2O]", "mmH2O"},
        {"cm[H2O]", "cmH2O"},
        {"[psi]", "psi", "PSI"},
        {"%", "percent", "pct", "%RH", "% RH", "%rH", "% rH", "RH%"},
        {"[ppm]", "ppm"},
        {"[ppb]", "ppb"},
        {"[pH]", "pH", "PH"},
        {"lx", "lux", "Lux"},
        {"m/s", "mps"},
        {"km/h", "kph", "kmh"},
        {"[mi_i]/h", "mph"},
        {"[kn_i]", "kn", "knot", "knots"},
        {"/min", "rpm", "RPM"},
        {"l/min", "lpm", "LPM"},
        {"W.h", "Wh"},
        {"kW.h", "kWh"},
        {"MW.h", "MWh"},
        {"GW.h", "GWh"},
        {"V.A", "VA"},
        {"kV.A", "kVA"},
        {"MV.A", "MVA"},
        {"A.h", "Ah"},
        {"mA.h", "mAh"},
        {"Ohm", "\u03A9", "\u2126", "ohm"},
        {"kOhm", "k\u03A9", "k\u2126", "kohm"},
        {"MOhm", "M\u03A9", "M\u2126"},
        {"h", "hr", "hour", "hours"},
        {"s", "sec", "second", "seconds"},
        {"min", "minute", "minutes"},
        {"d", "day", "days"},
        {"deg", "°", "degree", "degrees"},
        {"[ft_i]", "ft"},
        {"[in_i]", "in"}
    };

    private static final Map<String, String> CODES = codes();
    /** Letters whose common meaning differs from UCUM's, with the advice to give. */
    private static final Map<String, String> MISLEADING = Map.of(
            "C", "is the coulomb of UCUM; write Cel for degrees Celsius, or A.s for coulombs",
            "F", "is the farad of UCUM; write [degF] for degrees Fahrenheit, or C/V for farads");

    private static final String SUPERSCRIPTS = "\u2070\u00B9\u00B2\u00B3\u2074\u2075\u2076\u2077\u2078\u2079";
    /** The name of a unit and its exponent: {@code m^3}, {@code m-2}. */
    private static final Pattern POWER = Pattern.compile("([^0-9+^-]+)(?:\\^?([+-]?[0-9]{1,2}))?");

    private UnitCodes() {}

    private static Map<String, String> codes() {
        Map<String, String> codes = new HashMap<>();
        for (String[] spellings : SPELLINGS) {
            for (int i = 1; i < spellings.length; i++) {
                codes.put(spellings[i], spellings[0]);
            }
        }
        return codes;
    }

    /** Returns the UCUM code of a spelling, or the text itself if it is no known spelling. */
    public static String of(String text) {
        String whole = CODES.get(text);
        if (whole != null || COMMON.contains(text) || text.length() > 64 || text.indexOf('{') >= 0) {
            return whole == null ? text : whole;
        }
        String plain = plain(text.strip());
        whole = CODES.get(plain);
        return whole != null ? whole : ofParts(plain);
    }

    /** Returns why a text is misleading as a unit, or null. */
    public static String misleading(String text) {
        return MISLEADING.get(text);
    }

    /** Returns the known code or spelling that differs from the text only in case, or null. */
    public static String withOtherCapitals(String text) {
        List<String> known = new ArrayList<>(COMMON);
        known.addAll(CODES.keySet());
        for (String code : known) {
            if (Ascii.equalsIgnoreCase(code, text)) {
                return code;
            }
        }
        return null;
    }

    /** Returns the text in the letters of UCUM: u for both micro signs, digits for superscripts, a point for a raised dot. */
    private static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int digit = SUPERSCRIPTS.indexOf(c);
            plain.append(
                    switch (c) {
                        case '\u00B5', '\u03BC' -> 'u';
                        case '\u00B7', '\u22C5' -> '.';
                        case '\u207B', '\u2212' -> '-';
                        case '\u2215', '\u2044' -> '/';
                        default -> digit >= 0 ? (char) ('0' + digit) : c;
                    });
        }
        return plain.toString();
    }

    /** Converts each unit between the signs of multiplication and division on its own. */
    private static String ofParts(String text) {
        StringBuilder code = new StringBuilder();
        for (String part : text.split("(?<=[./])|(?=[./])", -1)) {
            Matcher power = POWER.matcher(part);
            if (part.equals(".") || part.equals("/") || !power.matches()) {
                code.append(part);
                continue;
            }
            String name = CODES.getOrDefault(power.group(1), power.group(1));
            boolean product = name.indexOf('.') >= 0 || name.indexOf('/') >= 0;
            String exponent = power.group(2) == null ? "" : power.group(2);
            boolean alone = code.isEmpty() && exponent.isEmpty();
            code.append(product && !alone ? "(" + name + ")" : name).append(exponent);
        }
        return code.toString();
    }
}
