package dev.weir.core.check;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Parses a code of UCUM, the Unified Code for Units of Measure (ucum.org), into a factor and a dimension.
 *
 * <p><b>Idea.</b> A unit is a fraction of whole numbers times a product of base units to their powers. Two units of the same dimension
 * convert into each other by the quotient of their fractions, which is exact up to its one division. The parser is a recursive descent over
 * UCUM's grammar: terms of components, components of a prefix, an atom ({@link UcumAtoms}) and an exponent.
 *
 * <p><b>Invariant.</b> Units whose conversion would be right on paper and wrong on a dashboard have different dimensions. An amount of
 * substance, information, a dose equivalent and radioactivity are therefore dimensions of their own. So is every annotation in braces
 * ({@code {NTU}}), every arbitrary unit ({@code [pH]}), every logarithmic one ({@code B}, {@code Np}) and every temperature scale with a
 * zero of its own.
 *
 * <p><b>Cost.</b> Senders choose the text, and powers of powers such as {@code (((km18)18)18)18} grow faster than any machine can multiply.
 * The size of a product is therefore estimated before it is computed, and a text that exceeds a bound is no unit.
 */
final class Ucum {
    private static final int MAX_CHARS = 64;
    /** Limit of an exponent as written, as in 10*-18. */
    private static final int MAX_EXPONENT = 18;

    private static final int MAX_DEPTH = 8;
    /** Limit of a numerator or denominator. A double ends at 1,024 bits, so no unit that converts comes near it. */
    private static final int MAX_BITS = 4_096;
    /** Limit of the power of a base unit, over all factors. */
    private static final int MAX_POWER = 99;

    /** The meaning of a code: {@code numerator / denominator} times the product of the base units to their powers. */
    record Unit(BigInteger numerator, BigInteger denominator, Map<String, Integer> dimension) {

        /**
         * Multiplies by a power of the other unit.
         *
         * @throws ArithmeticException if the product exceeds a bound
         */
        private Unit times(Unit other, int exponent) {
            BigInteger up = exponent < 0 ? other.denominator : other.numerator;
            BigInteger down = exponent < 0 ? other.numerator : other.denominator;
            int times = Math.abs(exponent);
            requireWithin(MAX_BITS, numerator.bitLength() + (long) up.bitLength() * times);
            requireWithin(MAX_BITS, denominator.bitLength() + (long) down.bitLength() * times);
            Map<String, Integer> product = new TreeMap<>(dimension);
            other.dimension.forEach((base, power) -> product.merge(base, power * exponent, Integer::sum));
            product.values().forEach(power -> requireWithin(MAX_POWER, Math.abs(power)));
            product.values().removeIf(power -> power == 0);
            return reduced(numerator.multiply(up.pow(times)), denominator.multiply(down.pow(times)), product);
        }

        private static void requireWithin(int bound, long size) {
            if (size > bound) {
                throw new ArithmeticException(size + " is beyond " + bound);
            }
        }
    }

    private static final Unit ONE = new Unit(BigInteger.ONE, BigInteger.ONE, Map.of());

    private static final Map<String, BigDecimal> PREFIXES = new HashMap<>();
    private static final Map<String, Unit> ATOMS = new HashMap<>();
    /** The atoms that take a prefix. */
    private static final Map<String, Unit> METRIC = new HashMap<>();

    static {
        String[] prefixes = {
            "Y 24", "Z 21", "E 18", "P 15", "T 12", "G 9", "M 6", "k 3", "h 2", "da 1", "d -1", "c -2", "m -3", "u -6",
            "n -9", "p -12", "f -15", "a -18", "z -21", "y -24"
        };
        for (String prefix : prefixes) {
            String[] parts = prefix.split(" ", 2);
            PREFIXES.put(parts[0], BigDecimal.ONE.scaleByPowerOfTen(Integer.parseInt(parts[1])));
        }
        PREFIXES.put("Ki", new BigDecimal(1L << 10));
        PREFIXES.put("Mi", new BigDecimal(1L << 20));
        PREFIXES.put("Gi", new BigDecimal(1L << 30));
        PREFIXES.put("Ti", new BigDecimal(1L << 40));
        for (String base :
                new String[] {"m", "s", "g", "rad", "K", "C", "cd", "mol", "bit", "Sv", "Bq", "Cel", "B", "Np"}) {
            atom(base, new Unit(BigInteger.ONE, BigInteger.ONE, Map.of(base, 1)), true);
        }
        for (String base : new String[] {"[degF]", "[pH]"}) {
            atom(base, new Unit(BigInteger.ONE, BigInteger.ONE, Map.of(base, 1)), false);
        }
        UcumAtoms.METRIC.forEach(line -> atom(line, true));
        UcumAtoms.OTHER.forEach(line -> atom(line, false));
    }

    private final String code;
    private int at;
    private int depth;
    private boolean good = true;

    private Ucum(String code) {
        this.code = code;
    }

    /** Returns the unit of the code, or null if it is no UCUM code or one that is not supported. */
    static Unit parse(String code) {
        boolean bareNumber = !code.equals("1") && code.chars().allMatch(c -> isDigit((char) c));
        if (bareNumber || code.length() > MAX_CHARS) {
            return null; // "5" is a factor and not a unit
        }
        Ucum parser = new Ucum(code);
        try {
            Unit unit = parser.term();
            return parser.good && parser.at == code.length() ? unit : null;
        } catch (ArithmeticException e) {
            return null; // beyond the bounds
        }
    }

    private static void atom(String line, boolean metric) {
        String[] parts = line.split(" ", 3);
        Unit of = parse(parts[2]);
        atom(parts[0], ONE.times(ratio(new BigDecimal(parts[1])), 1).times(of, 1), metric);
    }

    private static void atom(String code, Unit unit, boolean metric) {
        ATOMS.put(code, unit);
        if (metric) {
            METRIC.put(code, unit);
        }
    }

    private static Unit ratio(BigDecimal number) {
        BigDecimal whole = number.scale() > 0 ? number : number.setScale(0);
        return reduced(whole.unscaledValue(), BigInteger.TEN.pow(whole.scale()), Map.of());
    }

    private static Unit reduced(BigInteger numerator, BigInteger denominator, Map<String, Integer> dimension) {
        BigInteger common = numerator.gcd(denominator).max(BigInteger.ONE);
        return new Unit(numerator.divide(common), denominator.divide(common), dimension);
    }

    /** Parses components separated by points and slashes, from left to right: {@code J/kg.K} is (J/kg) times K. */
    private Unit term() {
        Unit product = ONE;
        int sign = 1;
        if (at < code.length() && code.charAt(at) == '/') {
            sign = -1;
            at++;
        }
        while (good) {
            product = product.times(component(), sign);
            if (at >= code.length() || (code.charAt(at) != '.' && code.charAt(at) != '/')) {
                return product;
            }
            sign = code.charAt(at++) == '/' ? -1 : 1;
        }
        return product;
    }

    private Unit component() {
        if (at < code.length() && code.charAt(at) == '(') {
            at++;
            good &= ++depth <= MAX_DEPTH;
            Unit inner = good ? term() : ONE;
            depth--;
            good &= at < code.length() && code.charAt(at) == ')';
            at++;
            return good ? ONE.times(inner, exponent()) : ONE;
        }
        Unit unit = ONE;
        boolean some = false;
        if (at < code.length() && code.charAt(at) != '{') {
            unit = simple();
            some = true;
        }
        if (good && at < code.length() && code.charAt(at) == '{') {
            unit = unit.times(annotation(), 1);
            some = true;
        }
        good &= some;
        return unit;
    }

    /** Parses an annotation, which is a dimension of its own. */
    private Unit annotation() {
        int end = code.indexOf('}', at);
        good &= end > at + 1;
        String name = good ? code.substring(at, end + 1) : "";
        at = end + 1;
        return new Unit(BigInteger.ONE, BigInteger.ONE, Map.of(name, 1));
    }

    /** Parses a number, or a unit with or without a prefix and its exponent. */
    private Unit simple() {
        int start = at;
        while (at < code.length() && isDigit(code.charAt(at))) {
            at++;
        }
        boolean tenTimes = at < code.length() && (code.charAt(at) == '*' || code.charAt(at) == '^');
        if (at > start && !tenTimes) {
            BigInteger number = new BigInteger(code.substring(start, at));
            good &= number.signum() > 0;
            return new Unit(number.max(BigInteger.ONE), BigInteger.ONE, Map.of());
        }
        if (tenTimes) {
            good &= code.substring(start, at).equals("10");
            at++;
            return ONE.times(new Unit(BigInteger.TEN, BigInteger.ONE, Map.of()), exponent());
        }
        Unit unit = named(name());
        good &= unit != null;
        return good ? ONE.times(unit, exponent()) : ONE;
    }

    /** Reads a unit's name. It ends at a character that no name contains; inside brackets any character may stand. */
    private String name() {
        int start = at;
        int brackets = 0;
        while (at < code.length()) {
            char c = code.charAt(at);
            if (brackets == 0 && (isDigit(c) || "./(){}+-".indexOf(c) >= 0)) {
                break;
            }
            brackets += c == '[' ? 1 : c == ']' ? -1 : 0;
            at++;
        }
        return code.substring(start, at);
    }

    private static Unit named(String name) {
        Unit atom = ATOMS.get(name);
        for (int length = 1; atom == null && length <= 2 && length < name.length(); length++) {
            BigDecimal prefix = PREFIXES.get(name.substring(0, length));
            Unit metric = METRIC.get(name.substring(length));
            if (prefix != null && metric != null) {
                atom = ratio(prefix).times(metric, 1);
            }
        }
        return atom;
    }

    /** Parses an exponent; 1 if there is none. */
    private int exponent() {
        int start = at;
        boolean signed = at < code.length() && (code.charAt(at) == '-' || code.charAt(at) == '+');
        at += signed ? 1 : 0;
        int digits = at;
        while (at < code.length() && isDigit(code.charAt(at))) {
            at++;
        }
        if (at == digits) {
            good &= !signed;
            return 1;
        }
        int size = at - digits > 2 ? MAX_EXPONENT + 1 : Integer.parseInt(code.substring(digits, at));
        good &= size <= MAX_EXPONENT && size > 0;
        return code.charAt(start) == '-' ? -size : size;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
