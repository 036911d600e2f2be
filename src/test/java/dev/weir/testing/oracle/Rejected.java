package dev.weir.testing.oracle;

import dev.weir.core.model.Origin;
import dev.weir.core.model.Reason;

/**
 * An event or reading turned aside.
 *
 * @param detail free text, but for {@code same value}, {@code other value} and {@code sentinel}, which are public
 * @param metric null where the whole event was rejected
 */
public record Rejected(Origin origin, Reason reason, String detail, String metric) implements Verdict {}
