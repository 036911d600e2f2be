package dev.weir.testing.oracle;

import dev.weir.core.model.Reason;

/** An event that yields no reading, with the first fault found. */
final class EventFault extends Exception {
    private final transient Reason reason;

    EventFault(Reason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
