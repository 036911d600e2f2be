package dev.weir.core.check;

import dev.weir.core.catalog.FieldSource;
import dev.weir.core.catalog.Names;
import dev.weir.core.decode.Cells;
import dev.weir.core.decode.Details;
import dev.weir.core.decode.Layout;
import dev.weir.core.decode.MalformedEventException;
import dev.weir.core.model.Reason;
import dev.weir.core.model.Reject;

/** Checks the names in an item: those of its sensor and metric, which are required, and those of its site and unit, which are optional. */
final class NameCheck {
    private final Layout layout;

    NameCheck(Layout layout) {
        this.layout = layout;
    }

    /**
     * Checks every name of the item.
     *
     * @throws MalformedEventException for a name that the outputs cannot hold, which makes the whole item malformed
     */
    void check(Cells cells) throws MalformedEventException {
        checkIdentifier(cells, layout.sensorId, "sensor");
        checkIdentifier(cells, layout.metric, "metric");
        if (layout.site != Layout.NONE && cells.isName(layout.site)) {
            checkLabel(cells, layout.site, "site");
        }
        if (layout.unit != Layout.NONE && cells.kind(layout.unit) == Cells.Kind.TEXT) {
            checkLabel(cells, layout.unit, "unit");
        }
    }

    private static void checkIdentifier(Cells cells, int slot, String kind) throws MalformedEventException {
        boolean text = slot != Layout.NONE && (cells.isName(slot) || cells.kind(slot) == Cells.Kind.NULL);
        if (text && cells.text(slot) != null) {
            checkName(cells.text(slot), kind);
        }
    }

    /** Checks a label. It may be empty, unlike an identifier, and then counts as missing. */
    private static void checkLabel(Cells cells, int slot, String kind) throws MalformedEventException {
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
     * @param source of the name, as the catalog maps it
     */
    Reject fault(Cells cells, int slot, String kind, FieldSource source) {
        if (cells.missing(slot)) {
            return new Reject(Reason.MISSING_FIELD, kind + ' ' + Details.quote(source.toString()), null);
        }
        if (!cells.isName(slot)) {
            String detail = kind + ' ' + Details.quote(source.toString()) + " is neither a text nor a number";
            return new Reject(Reason.WRONG_TYPE, detail, null);
        }
        return null;
    }
}
