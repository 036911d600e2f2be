package dev.weir.files;

import dev.weir.core.catalog.FieldSource;
import dev.weir.core.catalog.Input;
import dev.weir.core.decode.Decoder;
import dev.weir.core.decode.Details;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** The line that names the columns of a CSV file. */
final class HeaderLine {

    private HeaderLine() {}

    /**
     * Returns the names of the columns.
     *
     * @throws UnreadableFileException if the line cannot be read, or lacks a column that every row needs
     */
    static List<String> columns(byte[] line, Input input) throws IOException {
        if (line.length >= ByteFeed.LIMIT) {
            throw new UnreadableFileException("the header line is longer than an event may be");
        }
        List<String> columns = split(text(line), input.csv());
        if (columns.size() > Decoder.MAX_FIELDS) {
            throw new UnreadableFileException("the header line has more than " + Decoder.MAX_FIELDS + " columns");
        }
        List<String> absent =
                needed(input).stream().filter(name -> !columns.contains(name)).toList();
        if (!absent.isEmpty()) {
            List<String> quoted = absent.stream().map(Details::quote).toList();
            throw new UnreadableFileException("the header line lacks " + String.join(", ", quoted)
                    + ", which every row needs; it has " + Details.clip(String.join(", ", columns), 200));
        }
        return List.copyOf(columns);
    }

    private static String text(byte[] line) throws UnreadableFileException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UnreadableFileException("the header line is not UTF-8");
        }
    }

    private static List<String> split(String line, Input.Csv csv) {
        List<String> columns = new ArrayList<>();
        int at = 0;
        while (true) {
            StringBuilder column = new StringBuilder();
            if (csv.quote() != Input.Csv.NO_QUOTE && at < line.length() && line.charAt(at) == csv.quote()) {
                at = quoted(line, at + 1, csv.quote(), column);
            }
            while (at < line.length() && line.charAt(at) != csv.separator()) {
                column.append(line.charAt(at++));
            }
            columns.add(column.toString());
            if (at == line.length()) {
                return columns;
            }
            at++;
        }
    }

    /** Appends what is in quotes, and returns the position behind them. */
    private static int quoted(String line, int from, char quote, StringBuilder column) {
        int at = from;
        while (at < line.length()) {
            char c = line.charAt(at++);
            if (c != quote) {
                column.append(c);
            } else if (at < line.length() && line.charAt(at) == quote) {
                column.append(line.charAt(at++));
            } else {
                return at;
            }
        }
        return at;
    }

    /** Returns the columns without which no row has a reading. Those of the wide layout may be absent. */
    private static Set<String> needed(Input input) {
        Set<String> names = new LinkedHashSet<>();
        Stream.concat(Stream.of(input.sensorId(), input.metric(), input.value()), input.eventTime().sources().stream())
                .filter(Objects::nonNull)
                .forEach(source -> add(source, names));
        return names;
    }

    private static void add(FieldSource source, Set<String> names) {
        if (source instanceof FieldSource.Field field) {
            names.add(field.name());
        } else if (source instanceof FieldSource.Match match) {
            add(match.source(), names);
        } else if (source instanceof FieldSource.Join join) {
            join.sources().forEach(part -> add(part, names));
        }
    }
}
