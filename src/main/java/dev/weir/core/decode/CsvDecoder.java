package dev.weir.core.decode;

import dev.weir.core.catalog.Input;
import dev.weir.core.model.FileHead;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Decodes one data row as RFC 4180 describes it, with any separator and quote. Quotes count only at the beginning of a column and are
 * doubled inside it. One line end (LF, CRLF or CR) may follow the row. Columns that a short row lacks are absent, or the row is malformed,
 * as the catalog says. Where the catalog names no columns, those of the row's file count. More columns than the header or a second row
 * are malformed. A UTF-8 byte order mark is skipped.
 *
 * <p>A line in which the catalog's {@code skip} finds a match has no item, even if it is no row. Several lines must be one row all the
 * same.
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
    private final Map<Layout.Place, Integer> places;
    /** The catalog's names of the columns; null if each file has its own. */
    private final List<String> header;

    private final boolean[] repeats;
    private final boolean rejectShortRows;
    /** The character around a column that may hold separators; no character if there is none. */
    private final int quote;
    /** Null if no row is skipped. */
    private final TextPattern skip;

    /** The slots of the columns of the catalog, or of the file that the last event was a row of; null if neither names columns. */
    private int[] slotOfColumn;
    /** Null if the last event was no row of a file. */
    private FileHead lastFile;

    private CharBuffer buffer = CharBuffer.allocate(1024);
    private char[] chars;
    private int at;
    private int end;

    CsvDecoder(Input.Csv csv, Layout layout) {
        separator = csv.separator();
        rejectShortRows = csv.rejectShortRows();
        quote = csv.quote() == Input.Csv.NO_QUOTE ? -1 : csv.quote();
        skip = csv.skip() == null ? null : new TextPattern(csv.skip());
        header = csv.header();
        places = layout.places();
        slotOfColumn = slotOfColumn(header);
        repeats = new boolean[layout.size()];
        for (int slot = 0; slot < repeats.length; slot++) {
            repeats[slot] = layout.repeats(slot);
        }
    }

    private int[] slotOfColumn(List<String> columns) {
        if (columns == null) {
            return null;
        }
        int[] slots = new int[columns.size()];
        Arrays.fill(slots, Layout.NONE);
        places.forEach((place, slot) -> {
            int column = columns.lastIndexOf(place.path().get(0));
            if (column >= 0) {
                slots[column] = slot;
            }
        });
        return slots;
    }

    /** All rows of a file share one object. */
    @SuppressWarnings("ReferenceEquality")
    private void useHeaderOf(FileHead file) {
        if (file != lastFile) {
            lastFile = file;
            slotOfColumn = slotOfColumn(file == null || file.columns() == null ? header : file.columns());
        }
    }

    @Override
    public void decode(byte[] value, FileHead file, Items items) throws MalformedEventException {
        useHeaderOf(file);
        if (slotOfColumn == null) {
            throw new MalformedEventException("no header line: it is no row of a file");
        }
        Cells cells = items.event();
        if (!toChars(value)) {
            throw new MalformedEventException("not UTF-8");
        }
        boolean skipped = skip != null && isSkipped();
        if (skipped && isOneLine()) {
            // A comment need not be a row.
            items.skip();
            return;
        }
        readRow(cells);
        if (skipped) {
            cells.clear();
            items.skip();
        }
    }

    /** Returns whether the catalog's expression finds a match in the event, without the line end behind it. */
    private boolean isSkipped() {
        return skip.isIn(CharBuffer.wrap(chars, at, textEnd() - at));
    }

    private boolean isOneLine() {
        for (int i = at; i < textEnd(); i++) {
            if (chars[i] == '\n' || chars[i] == '\r') {
                return false;
            }
        }
        return true;
    }

    /** Returns the position of the line end at the end of the event, or the end. */
    private int textEnd() {
        int last = end > at && chars[end - 1] == '\n' ? end - 1 : end;
        return last > at && chars[last - 1] == '\r' ? last - 1 : last;
    }

    private void readRow(Cells cells) throws MalformedEventException {
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
        if (at < end && chars[at] == quote) {
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
            if (c != quote) {
                chars[to++] = c;
            } else if (at < end && chars[at] == quote) {
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
