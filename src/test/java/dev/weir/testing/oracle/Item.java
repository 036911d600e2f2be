package dev.weir.testing.oracle;

import dev.weir.core.catalog.Opening;
import java.util.List;

/**
 * One item of an event.
 *
 * @param around the event, what each step leads to, and last the item itself; null from the step on that could not be taken
 * @param index its index, behind those of the arrays around it: {@code 3.0}; empty if it is in no array
 * @param unopened the step that could not be taken; null if all were
 * @param found what stands where that step leads to
 */
record Item(List<Object> around, String index, Opening unopened, Object found) {

    /** Whether a step could not be taken that leads from the event, and not from an element of an array, so that it concerns the event. */
    boolean isUnopenedEvent() {
        return unopened != null && index.isEmpty();
    }
}
