package dev.weir.core.catalog;

import java.io.Serializable;

/**
 * A step from an event towards its items. Steps nest: each starts where the one before has led.
 *
 * @param pointer a JSON pointer from the item before; {@code ""} for that item itself
 */
public record Opening(Kind kind, String pointer) implements Serializable {

    /** What is at the pointer. */
    public enum Kind {
        /** An array. Each of its elements is an item. */
        EACH,
        /** A text that holds JSON. What it holds is the one item. */
        UNWRAP,
        /** A text that holds JSON in base64. What it holds is the one item. */
        UNWRAP_BASE64
    }
}
