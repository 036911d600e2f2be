package dev.weir.core.check;

import dev.weir.core.catalog.FieldSource;
import dev.weir.core.catalog.Input;
import dev.weir.core.decode.Absence;
import dev.weir.core.model.Event;
import dev.weir.core.model.Reason;
import dev.weir.core.model.Reject;

/** Explains the reject of a field that is missing because something on the path to it is not an object. Not thread-safe. */
final class Explanation {
    private final Absence absence = new Absence();
    /** Whether a field's pointer is its path in the event, so that the event can be searched for it. */
    private final boolean isPath;

    Explanation(Input input) {
        isPath = input.format() == Input.Format.JSON
                && input.payload().openings().isEmpty();
    }

    /** Returns the fault of the source, with an explanation if there is one; null for null. */
    Reject of(Reject fault, Event event, FieldSource source) {
        if (!isPath
                || fault == null
                || fault.reason() != Reason.MISSING_FIELD
                || !(source instanceof FieldSource.Field field)) {
            return fault;
        }
        String explained = fault.detail() + absence.explain(event.value(), field.name());
        return new Reject(fault.reason(), explained, fault.metric());
    }
}
