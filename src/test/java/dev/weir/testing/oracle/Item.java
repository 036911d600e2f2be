package dev.weir.testing.oracle;

import dev.weir.core.catalog.Opening;
import java.util.List;

/**
 * One item of an event.
 *
 * @param around the event, what each step leads to, and last the item itself; null from the step on that could not be taken
 * @param index its index, behind those of the arrays around it: {@code 3.0}; empty if it is in no array
 * @param taken how many steps could be taken
 * @param unopened the step that could not; null if all could
 * @param found what stands where that step leads to
 */
record Item(List<Object> around, String index, int taken, Opening unopened, Object found) {

    /** Whether already the event could not be opened. */
    boolean isUnopenedEvent() {
        return unopened != null && taken == 0;
    }
}
