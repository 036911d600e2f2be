package dev.weir.files;

import dev.weir.core.model.FileHead;
import java.io.IOException;

/**
 * The elements of a JSON array that is a whole file. The array is only taken apart: whether an element is JSON is for the decoder to say.
 */
final class JsonRows implements RowSource {
    private final ByteFeed feed;
    private final FileHead head = new FileHead(null, null);
    private boolean isFirst = true;
    private boolean isOver;

    private int depth;
    private boolean inText;
    private boolean escaped;

    private JsonRows(ByteFeed feed) {
        this.feed = feed;
    }

    /**
     * Returns the rows of a JSON file: the elements of its array if that is all it has, and otherwise its lines. Lines may be arrays, too:
     * a file whose first line is an array that ends there, and which has more lines, is one of lines.
     */
    static RowSource of(ByteFeed feed) throws IOException {
        skipBlanks(feed);
        if (feed.at == feed.end || feed.bytes[feed.at] != '[') {
            return TextRows.lines(feed);
        }
        JsonRows rows = new JsonRows(feed);
        feed.at++;
        boolean closed = rows.passesElement(true);
        boolean lines = closed && rows.hasAnotherLine();
        feed.at = feed.start;
        if (lines) {
            return TextRows.lines(feed);
        }
        feed.at++;
        feed.start = feed.at;
        return new JsonRows(feed);
    }

    private static void skipBlanks(ByteFeed feed) throws IOException {
        do {
            while (feed.at < feed.end && isBlank(feed.bytes[feed.at])) {
                feed.at++;
            }
            feed.start = feed.at;
        } while (feed.at == feed.end && feed.more());
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    /** Returns whether there is a line end behind the array's end, and then something else than blanks. */
    private boolean hasAnotherLine() throws IOException {
        feed.at++;
        boolean lineEnd = false;
        while (!feed.isTooLong()) {
            for (; feed.at < feed.end; feed.at++) {
                byte b = feed.bytes[feed.at];
                if (!isBlank(b)) {
                    return lineEnd;
                }
                lineEnd |= b == '\n' || b == '\r';
            }
            if (!feed.more()) {
                return false;
            }
        }
        return false;
    }

    /**
     * Moves to the end of the array, or without {@code whole} to that of the element. Returns false, with {@code whole}, if the array is
     * longer than its first line or than an event.
     */
    private boolean passesElement(boolean whole) throws IOException {
        while (!feed.isTooLong()) {
            while (feed.at < feed.end) {
                byte b = feed.bytes[feed.at];
                if (whole && !inText && (b == '\n' || b == '\r')) {
                    return false;
                }
                if (isEnd(b) && !(whole && b == ',')) {
                    return true;
                }
                feed.at++;
            }
            if (!feed.more()) {
                if (whole) {
                    return false;
                }
                throw new UnreadableFileException("the array is not closed");
            }
        }
        return false;
    }

    /** Follows one byte. Returns whether it ends an element of the array. */
    private boolean isEnd(byte b) {
        if (inText) {
            if (escaped) {
                escaped = false;
            } else if (b == '\\') {
                escaped = true;
            } else if (b == '"') {
                inText = false;
            }
            return false;
        }
        switch (b) {
            case '"' -> inText = true;
            case '{', '[' -> depth++;
            case '}' -> depth = Math.max(0, depth - 1);
            case ']' -> {
                if (depth == 0) {
                    return true;
                }
                depth--;
            }
            case ',' -> {
                return depth == 0;
            }
            default -> {}
        }
        return false;
    }

    @Override
    public FileHead head() {
        return head;
    }

    @Override
    public byte[] next() throws IOException {
        if (isOver) {
            checkEnd();
            return null;
        }
        skipBlanks(feed);
        depth = 0;
        inText = false;
        escaped = false;
        byte[] row;
        if (passesElement(false)) {
            int end = feed.at;
            while (end > feed.start && isBlank(feed.bytes[end - 1])) {
                end--;
            }
            row = feed.row(end);
        } else {
            row = feed.row(feed.at);
            skipElement();
        }
        isOver = feed.bytes[feed.at] == ']';
        feed.at++;
        feed.start = feed.at;
        if (row.length == 0 && !(isOver && isFirst)) {
            throw new UnreadableFileException("the array has a comma too many");
        }
        isFirst = false;
        if (row.length == 0) {
            checkEnd();
            return null;
        }
        return row;
    }

    private void skipElement() throws IOException {
        do {
            feed.start = feed.at;
        } while (!passesElement(false));
    }

    private void checkEnd() throws IOException {
        skipBlanks(feed);
        if (feed.at < feed.end) {
            throw new UnreadableFileException("text follows the array");
        }
    }

    @Override
    public void close() {
        feed.close();
    }
}
