package dev.weir.source;

import dev.weir.core.catalog.Catalog;
import dev.weir.core.catalog.Input;
import java.io.Serializable;

/**
 * Knows which topics announce files.
 *
 * @param pipeline its name
 */
record FileInputs(String pipeline, Catalog catalog) implements Serializable {

    /** Returns whether no topic can announce files. */
    boolean none() {
        return catalog.inputs().stream().allMatch(input -> input.files() == null);
    }

    /** Returns whether the records of the topic announce files. */
    boolean announces(String topic) {
        Input input = input(topic);
        return input != null && input.files() != null;
    }

    /** Returns the input of the topic; null for none. */
    Input input(String topic) {
        return catalog.inputOf(topic);
    }
}
