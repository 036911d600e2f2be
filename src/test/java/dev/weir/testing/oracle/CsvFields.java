package dev.weir.testing.oracle;

import dev.weir.core.catalog.Input;
import dev.weir.core.model.Reason;
import java.util.ArrayList;
import java.util.List;

/** One CSV row. Quotes go round a whole field; within them a quote is doubled, and separators and line ends are text. */
final class CsvFields implements Fields {
    private final List<String> header;
    private final List<String> row;

    private CsvFields(List<String> header, List<String> row) {
        this.header = header;
        this.row = row;
    }

    static CsvFields parse(String text, Input.Csv csv) throws EventFault {
        String line = withoutLineEnd(text);
        if (line.isEmpty()) {
            throw new EventFault(Reason.MALFORMED, "empty");
        }
        List<String> row = new Splitter(line, csv.separator()).split();
        if (row.size() > csv.header().size()) {
            throw new EventFault(Reason.MALFORMED, "more fields than the header has");
        }
        if (csv.rejectShortRows() && row.size() != csv.header().size()) {
            throw new EventFault(Reason.MALFORMED, "fewer fields than the header has");
        }
        return new CsvFields(csv.header(), row);
    }

    @Override
    public Object get(String name) {
        int column = header.indexOf(name);
        return column >= 0 && column < row.size() ? row.get(column) : null;
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
        private int at;

        Splitter(String line, char separator) {
            this.line = line;
            this.separator = separator;
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
            return at < line.length() && line.charAt(at) == '"' ? quoted() : bare();
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
                int quote = line.indexOf('"', at);
                if (quote < 0) {
                    throw new EventFault(Reason.MALFORMED, "a quote that is not closed");
                }
                field.append(line, at, quote);
                at = quote + 1;
                if (at < line.length() && line.charAt(at) == '"') {
                    field.append('"');
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
