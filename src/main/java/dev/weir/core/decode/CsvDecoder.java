package dev.weir.core.decode;

import dev.weir.core.catalog.Input;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Decodes one data row as RFC 4180 describes it, with any separator. Quotes count only at the beginning of a column and are doubled inside
 * it. One line end (LF, CRLF or CR) may follow the row. Columns that a short row lacks are absent, or the row is malformed, as the catalog
 * says. More columns than the header or a second row are malformed. A UTF-8 byte order mark is skipped.
 */
final class CsvDecoder implements Decoder {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** Longer buffers are released after the event. */
    private static final int KEPT_CHARS = 64 * 1024;

    private final CharsetDecoder utf8 = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final TextCache names = new TextCache();
    private final char separator;
    private final int[] slotOfColumn;
    private final boolean[] repeats;
    private final boolean rejectShortRows;

    private CharBuffer buffer = CharBuffer.allocate(1024);
    private char[] chars;
    private int at;
    private int end;

    CsvDecoder(Input.Csv csv, Layout layout) {
        separator = csv.separator();
        rejectShortRows = csv.rejectShortRows();
        slotOfColumn = new int[csv.header().size()];
        Arrays.fill(slotOfColumn, Layout.NONE);
        repeats = new boolean[layout.size()];
        layout.places().forEach((place, slot) -> {
            int column = csv.header().lastIndexOf(place.path().get(0));
            if (column >= 0) {
                slotOfColumn[column] = slot;
            }
        });
        for (int slot = 0; slot < repeats.length; slot++) {
            repeats[slot] = layout.repeats(slot);
        }
    }

    @Override
    public void decode(byte[] value, Items items) throws MalformedEventException {
        Cells cells = items.event();
        if (!toChars(value)) {
            throw new MalformedEventException("not UTF-8");
        }
        if (atLineEnd()) {
            throw new MalformedEventException("empty");
        }
        int column = 0;
        readColumn(column++, cells);
        while (at < end && chars[at] == separator) {
            at++;
            if (column == slotOfColumn.length) {
                throw new MalformedEventException("more than the header's " + slotOfColumn.length + " columns");
            }
            readColumn(column++, cells);
        }
        skipLineEnd();
        if (at < end) {
            throw new MalformedEventException("more than one row");
        }
        if (rejectShortRows && column < slotOfColumn.length) {
            throw new MalformedEventException(column + " of the header's " + slotOfColumn.length + " columns");
        }
    }

    /** Decodes the event into {@code chars} from {@code at} to {@code end}; returns false if the bytes are not UTF-8. */
    private boolean toChars(byte[] value) {
        if (buffer.capacity() < value.length || buffer.capacity() > KEPT_CHARS) {
            buffer = CharBuffer.allocate(Math.max(1024, value.length));
        }
        buffer.clear();
        utf8.reset();
        if (utf8.decode(ByteBuffer.wrap(value), buffer, true).isError()) {
            return false;
        }
        chars = buffer.array();
        end = buffer.position();
        at = end > 0 && chars[0] == BYTE_ORDER_MARK ? 1 : 0;
        return true;
    }

    private void readColumn(int column, Cells cells) throws MalformedEventException {
        int start;
        int length;
        if (at < end && chars[at] == '"') {
            start = at + 1;
            length = readQuoted() - start;
        } else {
            start = at;
            while (!atLineEnd() && chars[at] != separator) {
                at++;
            }
            length = at - start;
        }
        int slot = slotOfColumn[column];
        if (slot != Layout.NONE) {
            cells.setText(slot, repeats[slot] ? names.get(chars, start, length) : new String(chars, start, length));
        }
    }

    /**
     * Reads a quoted text, removing the doubling of quotes in place, and returns its end. A separator or the end of the row must follow.
     */
    private int readQuoted() throws MalformedEventException {
        int to = ++at;
        while (at < end) {
            char c = chars[at++];
            if (c != '"') {
                chars[to++] = c;
            } else if (at < end && chars[at] == '"') {
                chars[to++] = chars[at++];
            } else if (atLineEnd() || chars[at] == separator) {
                return to;
            } else {
                throw new MalformedEventException("text after a closing quote");
            }
        }
        throw new MalformedEventException("a quote is not closed");
    }

    private boolean atLineEnd() {
        return at == end || chars[at] == '\n' || chars[at] == '\r';
    }

    private void skipLineEnd() {
        if (at < end && chars[at] == '\r') {
            at++;
        }
        if (at < end && chars[at] == '\n') {
            at++;
        }
    }
}
