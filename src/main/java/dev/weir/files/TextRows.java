package dev.weir.files;

import dev.weir.core.catalog.Input;
import dev.weir.core.model.FileHead;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The lines of a text, or the rows of a CSV file, which may have line ends between quotes. LF, CRLF and CR end a line; empty lines are no
 * rows. A quote counts where {@link dev.weir.core.catalog.Input.Csv} lets it: at the beginning of a column, and doubled inside of it.
 *
 * <p>A quote that is never closed would take the rest of the file with it. A row that is not complete at the end of the file, or within the
 * length that an event may have, is therefore cut at its first line end, and reading goes on with the next line.
 */
final class TextRows implements RowSource {
    /** No byte of UTF-8. */
    private static final byte[] NONE = {(byte) 0xFF};

    private static final int COLUMN_BEGINS = 0;
    private static final int IN_COLUMN = 1;
    private static final int IN_QUOTES = 2;
    private static final int BEHIND_QUOTES = 3;

    private final ByteFeed feed;
    private final byte[] separator;
    private final byte[] quote;
    /** How many bytes must follow a byte before it can be told what it begins. */
    private final int lookahead;

    private final boolean skipsBlank;
    private FileHead head;
    private boolean afterReturn;
    private int state;
    /** Position of the first line end in quotes, from the row's start; -1 for none. */
    private int firstBreak;

    private TextRows(ByteFeed feed, byte[] separator, byte[] quote, boolean skipsBlank) {
        this.feed = feed;
        this.separator = separator;
        this.quote = quote;
        this.skipsBlank = skipsBlank;
        lookahead = Math.max(separator.length, quote.length) - 1;
        head = new FileHead(null, null);
    }

    /** Returns lines. Those of nothing but blanks are no rows. */
    static TextRows lines(ByteFeed feed) {
        return new TextRows(feed, NONE, NONE, true);
    }

    /**
     * Returns rows of CSV, behind the header line if the catalog names no columns.
     *
     * @throws UnreadableFileException if the header line lacks a column that every row needs
     */
    static TextRows csv(ByteFeed feed, Input input) throws IOException {
        Input.Csv csv = input.csv();
        byte[] quote = csv.quote() == Input.Csv.NO_QUOTE ? NONE : utf8(csv.quote());
        TextRows rows = new TextRows(feed, utf8(csv.separator()), quote, false);
        if (csv.header() == null) {
            byte[] line = rows.next();
            if (line != null) {
                rows.head = new FileHead(HeaderLine.columns(line, input), null);
            }
        }
        return rows;
    }

    private static byte[] utf8(char c) {
        return String.valueOf(c).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public FileHead head() {
        return head;
    }

    @Override
    public byte[] next() throws IOException {
        state = COLUMN_BEGINS;
        firstBreak = -1;
        while (true) {
            if (isAtLineEnd()) {
                byte[] row = line();
                if (row != null) {
                    return row;
                }
            } else if (feed.isTooLong()) {
                return firstBreak < 0 ? tooLong() : firstLine();
            } else if (!feed.more() && feed.at == feed.end) {
                return last();
            }
        }
    }

    /** Scans what is there. Returns whether it stopped at a line end outside of quotes. */
    private boolean isAtLineEnd() {
        byte[] bytes = feed.bytes;
        int at = feed.at;
        int limit = feed.isOver() ? feed.end : feed.end - lookahead;
        byte quoteBegins = quote[0];
        byte separatorBegins = separator[0];
        if (afterReturn && at < limit) {
            if (bytes[at] == '\n') {
                at++;
                feed.start = at;
            }
            afterReturn = false;
        }
        int state = this.state;
        boolean found = false;
        while (at < limit) {
            byte b = bytes[at];
            if (state == IN_QUOTES) {
                if (b == quoteBegins && isAt(at, quote)) {
                    state = BEHIND_QUOTES;
                    at += quote.length;
                    continue;
                }
                if (firstBreak < 0 && (b == '\n' || b == '\r')) {
                    firstBreak = at - feed.start;
                }
                at++;
            } else if (b == '\n' || b == '\r') {
                found = true;
                break;
            } else if (b == separatorBegins && isAt(at, separator)) {
                state = COLUMN_BEGINS;
                at += separator.length;
            } else if (b == quoteBegins && state != IN_COLUMN && isAt(at, quote)) {
                state = IN_QUOTES;
                at += quote.length;
            } else {
                state = IN_COLUMN;
                at++;
            }
        }
        this.state = state;
        feed.at = at;
        return found;
    }

    private boolean isAt(int at, byte[] what) {
        if (what.length > feed.end - at) {
            return false;
        }
        for (int i = 1; i < what.length; i++) {
            if (feed.bytes[at + i] != what[i]) {
                return false;
            }
        }
        return true;
    }

    /** Takes the line that ends here; returns null if it is empty. */
    private byte[] line() {
        byte[] row = isRow(feed.at) ? feed.row(feed.at) : null;
        passLineEnd();
        state = COLUMN_BEGINS;
        firstBreak = -1;
        return row;
    }

    private boolean isRow(int to) {
        if (!skipsBlank) {
            return to > feed.start;
        }
        for (int i = feed.start; i < to; i++) {
            if (feed.bytes[i] != ' ' && feed.bytes[i] != '\t') {
                return true;
            }
        }
        return false;
    }

    private void passLineEnd() {
        afterReturn = feed.bytes[feed.at] == '\r';
        feed.at++;
        feed.start = feed.at;
    }

    private byte[] firstLine() {
        feed.at = feed.start + firstBreak;
        return line();
    }

    private byte[] last() {
        if (state == IN_QUOTES && firstBreak >= 0) {
            return firstLine();
        }
        byte[] row = isRow(feed.at) ? feed.row(feed.at) : null;
        feed.start = feed.at;
        return row;
    }

    /** Takes the beginning of a row, and skips the rest of its line. */
    private byte[] tooLong() throws IOException {
        byte[] row = feed.row(feed.at);
        while (true) {
            while (feed.at < feed.end) {
                byte b = feed.bytes[feed.at];
                if (b == '\n' || b == '\r') {
                    passLineEnd();
                    return row;
                }
                feed.at++;
            }
            feed.start = feed.at;
            if (!feed.more()) {
                return row;
            }
        }
    }

    @Override
    public void close() {
        feed.close();
    }
}
