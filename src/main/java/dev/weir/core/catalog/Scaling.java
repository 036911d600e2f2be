package dev.weir.core.catalog;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Map;

/**
 * How what a device sends becomes a number: texts and booleans by a table, then {@code number × scale + offset}. Comes before the
 * conversion of units and before the limits; sentinels are compared before it.
 *
 * @param values number by text; {@code true} and {@code false} also stand for the booleans; empty for none
 * @param scale finite, not zero
 * @param offset finite
 */
public record Scaling(Map<String, Double> values, BigDecimal scale, BigDecimal offset) implements Serializable {
    /** Numbers are taken as they are sent. */
    public static final Scaling NONE = new Scaling(Map.of(), BigDecimal.ONE, BigDecimal.ZERO);

    /** Returns whether numbers change. */
    public boolean scales() {
        return scale.compareTo(BigDecimal.ONE) != 0 || offset.signum() != 0;
    }
}
