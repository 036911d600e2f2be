package dev.weir.core.check;

import dev.weir.core.catalog.Names;
import dev.weir.core.decode.Cells;
import dev.weir.core.decode.Details;
import dev.weir.core.decode.Layout;
import dev.weir.core.decode.MalformedEventException;
import dev.weir.core.model.Reason;
import dev.weir.core.model.Reject;

/** Checks the names in an event: those of its sensor and metric, which are required, and those of its site and unit, which are optional. */
final class NameCheck {
    private final Layout layout;
    private final Cells cells;

    /**
     * Creates the check.
     *
     * @param cells refilled for each event
     */
    NameCheck(Layout layout, Cells cells) {
        this.layout = layout;
        this.cells = cells;
    }

    /**
     * Checks every name of the event.
     *
     * @throws MalformedEventException for a name that the outputs cannot hold, which makes the whole event malformed
     */
    void check() throws MalformedEventException {
        checkIdentifier(layout.sensorId, "sensor");
        checkIdentifier(layout.metric, "metric");
        if (layout.site != Layout.NONE && cells.isName(layout.site)) {
            checkLabel(layout.site, "site");
        }
        if (layout.unit != Layout.NONE && cells.kind(layout.unit) == Cells.Kind.TEXT) {
            checkLabel(layout.unit, "unit");
        }
    }

    private void checkIdentifier(int slot, String kind) throws MalformedEventException {
        boolean text = slot != Layout.NONE && (cells.isName(slot) || cells.kind(slot) == Cells.Kind.NULL);
        if (text && cells.text(slot) != null) {
            checkName(cells.text(slot), kind);
        }
    }

    /** Checks a label. It may be empty, unlike an identifier, and then counts as missing. */
    private void checkLabel(int slot, String kind) throws MalformedEventException {
        if (!cells.text(slot).isEmpty()) {
            checkName(cells.text(slot), kind);
        }
    }

    private static void checkName(String name, String kind) throws MalformedEventException {
        String fault = Names.fault(name);
        if (fault != null) {
            throw new MalformedEventException(kind + ' ' + Details.quote(name) + ' ' + fault);
        }
    }

    /**
     * Returns why a name is no identifier: it is missing, or neither a text nor a number. Null if it is one.
     *
     * @param kind the kind of name, for the reject's detail
     * @param field the name's field, as the catalog maps it
     */
    Reject fault(int slot, String kind, String field) {
        if (cells.missing(slot)) {
            return new Reject(Reason.MISSING_FIELD, kind + ' ' + Details.quote(field), null);
        }
        if (!cells.isName(slot)) {
            String detail = kind + ' ' + Details.quote(field) + " is neither a text nor a number";
            return new Reject(Reason.WRONG_TYPE, detail, null);
        }
        return null;
    }
}
