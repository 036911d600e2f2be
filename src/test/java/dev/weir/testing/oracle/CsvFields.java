package dev.weir.testing.oracle;

import dev.weir.core.catalog.Input;
import dev.weir.core.model.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** One CSV row. Quotes go round a whole field; within them a quote is doubled, and separators and line ends are text. */
final class CsvFields {
    private CsvFields() {}

    /**
     * The text of each column of the header that is there; null for a row that is skipped. Several lines are malformed even if one is to
     * be skipped.
     */
    static Map<String, String> parse(String text, Input.Csv csv, List<String> header) throws EventFault {
        String line = withoutLineEnd(text);
        boolean skipped = csv.skip() != null && isFound(csv.skip(), line);
        if (skipped && line.indexOf('\n') < 0 && line.indexOf('\r') < 0) {
            return null;
        }
        if (line.isEmpty()) {
            throw new EventFault(Reason.MALFORMED, "empty");
        }
        List<String> row = new Splitter(line, csv).split();
        if (row.size() > header.size()) {
            throw new EventFault(Reason.MALFORMED, "more fields than the header has");
        }
        if (csv.rejectShortRows() && row.size() != header.size()) {
            throw new EventFault(Reason.MALFORMED, "fewer fields than the header has");
        }
        if (skipped) {
            return null;
        }
        Map<String, String> columns = new HashMap<>();
        for (int i = 0; i < row.size(); i++) {
            columns.put(header.get(i), row.get(i));
        }
        return columns;
    }

    /** Only the beginning of a long row is searched. */
    private static boolean isFound(String regex, String line) {
        return Pattern.compile(regex)
                .matcher(line)
                .useAnchoringBounds(false)
                .region(0, Math.min(line.length(), 4_096))
                .find();
    }

    private static String withoutLineEnd(String text) {
        for (String end : new String[] {"\r\n", "\n", "\r"}) {
            if (text.endsWith(end)) {
                return text.substring(0, text.length() - end.length());
            }
        }
        return text;
    }

    private static final class Splitter {
        private final String line;
        private final char separator;
        private final char quote;
        private int at;

        Splitter(String line, Input.Csv csv) {
            this.line = line;
            this.separator = csv.separator();
            this.quote = csv.quote();
        }

        List<String> split() throws EventFault {
            List<String> row = new ArrayList<>();
            row.add(field());
            while (at < line.length()) {
                at++; // the separator, at which every field stops
                row.add(field());
            }
            return row;
        }

        private String field() throws EventFault {
            boolean quotes = quote != Input.Csv.NO_QUOTE && at < line.length() && line.charAt(at) == quote;
            return quotes ? quoted() : bare();
        }

        private String bare() throws EventFault {
            int begin = at;
            while (at < line.length() && line.charAt(at) != separator) {
                if (line.charAt(at) == '\n' || line.charAt(at) == '\r') {
                    throw new EventFault(Reason.MALFORMED, "several rows");
                }
                at++;
            }
            return line.substring(begin, at);
        }

        private String quoted() throws EventFault {
            StringBuilder field = new StringBuilder();
            at++;
            while (true) {
                int end = line.indexOf(quote, at);
                if (end < 0) {
                    throw new EventFault(Reason.MALFORMED, "a quote that is not closed");
                }
                field.append(line, at, end);
                at = end + 1;
                if (at < line.length() && line.charAt(at) == quote) {
                    field.append(quote);
                    at++;
                } else {
                    break;
                }
            }
            if (at < line.length() && line.charAt(at) != separator) {
                throw new EventFault(Reason.MALFORMED, "text after a closing quote");
            }
            return field.toString();
        }
    }
}
