package dev.weir.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** The bundled rows of the Beijing set, hour by hour. See {@code src/test/resources/demo/README.md}. */
final class Excerpt {
    private static final String RESOURCE = "/demo/beijing-air.csv.gz";
    private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);

    private final List<Row> rows;

    /**
     * @param text the published line
     * @param station its last column
     * @param epochSeconds its hour, UTC
     */
    record Row(String text, String station, long epochSeconds) {

        /** Returns the month by Beijing's clock, such as {@code 2013-03}. */
        String month() {
            return LocalDateTime.ofEpochSecond(epochSeconds, 0, BEIJING)
                    .toString()
                    .substring(0, 7);
        }

        /** The line as another set of stations would send it. */
        Row ofSet(int set) {
            if (set == 1) {
                return this;
            }
            String other = station + "-" + set;
            String line = text.substring(0, text.length() - station.length() - 1) + other + '"';
            return new Row(line, other, epochSeconds);
        }
    }

    private Excerpt(List<Row> rows) {
        this.rows = rows;
    }

    static Excerpt read() {
        List<Row> rows = new ArrayList<>();
        try (InputStream in = Excerpt.class.getResourceAsStream(RESOURCE);
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(new GZIPInputStream(in), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                rows.add(row(line));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Excerpt(rows);
    }

    private static Row row(String line) {
        String[] columns = line.split(",", 6);
        LocalDateTime hour = LocalDateTime.of(
                Integer.parseInt(columns[1]),
                Integer.parseInt(columns[2]),
                Integer.parseInt(columns[3]),
                Integer.parseInt(columns[4]),
                0);
        String station = line.substring(line.lastIndexOf(",\"") + 2, line.length() - 1);
        return new Row(line, station, hour.toEpochSecond(BEIJING));
    }

    List<Row> rows() {
        return rows;
    }

    /** Rows by month, {@code 2013-03} first. */
    TreeMap<String, Integer> months() {
        TreeMap<String, Integer> months = new TreeMap<>();
        for (Row row : rows) {
            months.merge(row.month(), 1, Integer::sum);
        }
        return months;
    }
}
