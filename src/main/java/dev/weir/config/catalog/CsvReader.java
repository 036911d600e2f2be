package dev.weir.config.catalog;

import dev.weir.core.catalog.Input;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads and checks the syntax of CSV rows, of both versions. */
final class CsvReader {
    private CsvReader() {}

    /** Returns the syntax; null if the format is not CSV, or if there are no columns. */
    static Input.Csv read(Section input) {
        String format = input.word("format");
        if (!"csv".equals(format)) {
            if (input.has("csv")) {
                String message = "has no place beside format " + (format == null ? "json" : format);
                input.problem("csv", message, "write format: csv, or remove it");
            }
            return null;
        }
        Section csv = input.section("csv");
        csv.refuseUnknownKeys();
        boolean firstLine = isFirstLine(input, csv);
        List<String> header = firstLine ? null : header(input, csv);
        if (header != null && header.isEmpty()) {
            return null;
        }
        boolean rejectShort = csv.word("short-rows").equals("reject");
        char separator = separator(csv);
        char quote = csv.knows("quote") ? quote(csv, separator) : '"';
        String skip = csv.knows("skip") ? Regexes.read(csv, "skip", false) : null;
        return new Input.Csv(firstLine ? null : List.copyOf(header), separator, rejectShort, quote, skip);
    }

    /** Returns whether the first line of each file is the header. */
    private static boolean isFirstLine(Section input, Section csv) {
        return csv.knows("skip")
                && input.has("files")
                && csv.has("header")
                && !csv.isList("header")
                && csv.texts("header").contains("first-line");
    }

    private static List<String> header(Section input, Section csv) {
        List<String> header = csv.texts("header");
        if (header.isEmpty()) {
            String columns = "write csv: {header: [<column>, <column>]}, all columns in order";
            boolean files = csv.knows("skip") && input.has("files");
            String cure = files ? columns + ", or csv: {header: first-line}" : columns;
            (input.has("csv") ? csv : input).problem(input.has("csv") ? "header" : "csv.header", "is missing", cure);
            return header;
        }
        if (csv.knows("skip") && !csv.isList("header") && header.get(0).equals("first-line")) {
            String cure = "write [<column>, <column>], all columns in order; skip drops rows that are headers";
            csv.problem("header", "first-line is only for files: a record of a topic is one row", cure);
            return List.of();
        }
        Set<String> seen = new HashSet<>();
        for (String column : header) {
            if (column.isEmpty()) {
                csv.problem("header", "has a column without a name", "give it any name");
            } else if (!seen.add(column)) {
                csv.problem("header", "names column " + column + " twice", "rename one of the two");
            }
        }
        return header;
    }

    private static char separator(Section csv) {
        String separator = csv.has("separator") ? csv.text("separator") : ",";
        if (separator == null) {
            return ',';
        }
        if (separator.length() != 1 || "\"\r\n".contains(separator)) {
            String message = "must be one character, no quote and no line break, got \"" + separator + "\"";
            csv.problem("separator", message, "write for instance \",\", \";\" or \"\\t\" (in double quotes)");
            return ',';
        }
        return separator.charAt(0);
    }

    private static char quote(Section csv, char separator) {
        String quote = csv.has("quote") ? csv.text("quote") : "\"";
        if (quote == null || quote.equals("none")) {
            return Input.Csv.NO_QUOTE;
        }
        if (quote.length() != 1 || "\r\n".contains(quote)) {
            String message = "must be one character, no line break, or none, got \"" + quote + "\"";
            csv.problem("quote", message, "write for instance \"'\", or none");
        } else if (quote.charAt(0) == separator) {
            csv.problem("quote", "and separator are the same: \"" + quote + '"', "change one of the two");
        }
        return quote.isEmpty() ? '"' : quote.charAt(0);
    }
}
