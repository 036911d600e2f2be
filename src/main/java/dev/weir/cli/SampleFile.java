package dev.weir.cli;

import dev.weir.core.catalog.Input;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Splits a sample file into events, as the records of a topic hold them. A JSON file holds one event per line, or one
 * object or array after another if they span lines. A CSV file holds one event per row, without the header. A file of
 * Avro is one event: a body, with its schema's id in front if the records have it.
 *
 * @param headerSkipped whether the first row was the header of the catalog
 */
record SampleFile(List<byte[]> events, boolean headerSkipped) {
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    static SampleFile of(byte[] content, Input input) {
        if (input.format() == Input.Format.AVRO) {
            return new SampleFile(List.of(content), false);
        }
        boolean marked = content.length >= 3 && Arrays.equals(Arrays.copyOf(content, 3), BYTE_ORDER_MARK);
        byte[] bytes = marked ? Arrays.copyOfRange(content, 3, content.length) : content;
        if (input.csv() == null) {
            List<byte[]> lines = split(bytes, null);
            // A line may be half an event, so not each has to be whole if they are objects.
            boolean objects = lines.stream().allMatch(line -> line[0] == '{');
            boolean oneEach = objects
                    ? lines.stream().anyMatch(SampleFile::isWhole)
                    : lines.stream().allMatch(SampleFile::isWhole);
            return new SampleFile(oneEach ? lines : documents(bytes), false);
        }
        List<byte[]> rows = split(bytes, input.csv());
        boolean header = !rows.isEmpty() && isHeader(rows.get(0), input.csv());
        return new SampleFile(header ? rows.subList(1, rows.size()) : rows, header);
    }

    /**
     * Returns the lines without their ends and without blank ones. A line end within the quotes of a CSV column does
     * not end the row.
     *
     * @param csv null for JSON
     */
    private static List<byte[]> split(byte[] bytes, Input.Csv csv) {
        List<byte[]> lines = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int at = 0; at <= bytes.length; at++) {
            boolean end = at == bytes.length || (!quoted && bytes[at] == '\n');
            if (end) {
                String line = new String(bytes, start, at - start, StandardCharsets.ISO_8859_1);
                // A separator may be a blank, so only the line end is removed.
                String stripped = csv != null ? line.replaceFirst("\r$", "") : line.strip();
                if (!stripped.isBlank()) {
                    lines.add(stripped.getBytes(StandardCharsets.ISO_8859_1));
                }
                start = at + 1;
                quoted = false;
            } else if (isQuote(bytes[at], csv)) {
                boolean doubled = at + 1 < bytes.length && bytes[at + 1] == bytes[at];
                if (!quoted) {
                    quoted = at == start || (char) (bytes[at - 1] & 0xFF) == csv.separator();
                } else if (doubled) {
                    at++;
                } else {
                    quoted = false;
                }
            }
        }
        return lines;
    }

    private static boolean isQuote(byte b, Input.Csv csv) {
        return csv != null && csv.quote() != Input.Csv.NO_QUOTE && (char) (b & 0xFF) == csv.quote();
    }

    /** Returns whether the line may be a JSON value: no bracket and no text is open at its end, and nothing has to follow. */
    private static boolean isWhole(byte[] line) {
        int depth = 0;
        boolean text = false;
        for (int at = 0; at < line.length; at++) {
            byte b = line[at];
            if (text && b == '\\') {
                at++;
            } else if (b == '"') {
                text = !text;
            } else if (!text) {
                depth += b == '{' || b == '[' ? 1 : b == '}' || b == ']' ? -1 : 0;
            }
        }
        return depth == 0 && !text && line[line.length - 1] != ',';
    }

    /**
     * Returns the JSON documents. An event ends where the last open bracket closes. The rest of the file, or a document
     * that never closes, is an event, too.
     */
    private static List<byte[]> documents(byte[] bytes) {
        List<byte[]> documents = new ArrayList<>();
        int depth = 0;
        int start = 0;
        boolean text = false;
        for (int at = 0; at < bytes.length; at++) {
            byte b = bytes[at];
            if (text) {
                at += b == '\\' ? 1 : 0;
                text = b != '"';
            } else if (b == '"') {
                text = true;
            } else if (b == '{' || b == '[') {
                depth++;
            } else if ((b == '}' || b == ']') && --depth == 0) {
                documents.add(Arrays.copyOfRange(bytes, start, at + 1));
                start = at + 1;
            }
        }
        byte[] rest = Arrays.copyOfRange(bytes, start, bytes.length);
        if (!new String(rest, StandardCharsets.ISO_8859_1).isBlank()) {
            documents.add(rest);
        }
        return documents;
    }

    private static boolean isHeader(byte[] row, Input.Csv csv) {
        String quote = csv.quote() == Input.Csv.NO_QUOTE ? "" : String.valueOf(csv.quote());
        String text = new String(row, StandardCharsets.UTF_8).replace(quote, "");
        return text.equals(String.join(String.valueOf(csv.separator()), csv.header()));
    }
}
