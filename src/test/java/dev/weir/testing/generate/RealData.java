package dev.weir.testing.generate;

import dev.weir.core.model.Event;
import dev.weir.core.model.Origin;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/**
 * Two public data sets as events, one of them only where it lies beside the repository: one CSV line each, one
 * partition per station or mote.
 */
public final class RealData {
    private static final String INTEL = "/data/intel_lab_motes_55_56_58.txt.gz";

    /** After the last row: the slice was published, not sent live, so no row is ahead of its record. */
    private static final long INTEL_UPLOAD_MILLIS =
            Instant.parse("2004-04-06T00:00:00Z").toEpochMilli();

    private static final Path BEIJING = Path.of("../shared/data/beijing-air");

    public static final List<String> STATIONS = List.of(
            "Aotizhongxin",
            "Changping",
            "Dingling",
            "Dongsi",
            "Guanyuan",
            "Gucheng",
            "Huairou",
            "Nongzhanguan",
            "Shunyi",
            "Tiantan",
            "Wanliu",
            "Wanshouxigong");

    private RealData() {}

    /** The 9,719 rows of the Intel slice, in the log's order; mote 55 in partition 0, 56 in 1, 58 in 2. */
    public static List<Event> intel() {
        List<Event> events = new ArrayList<>();
        List<String> motes = List.of("55", "56", "58");
        Map<Integer, Long> offsets = new HashMap<>();
        for (String line : lines(RealData.class.getResourceAsStream(INTEL))) {
            String mote = line.split(" ", 5)[3];
            int partition = motes.indexOf(mote);
            long offset = offsets.merge(partition, 1L, Long::sum) - 1;
            Origin origin = new Origin(TestConfigs.TOPIC, partition, offset, INTEL_UPLOAD_MILLIS);
            events.add(event(origin, mote, line));
        }
        return events;
    }

    /**
     * The 35,064 rows of one station in time order; its place in {@link #STATIONS} is its partition. Skips the test
     * where the data is absent.
     */
    public static List<Event> beijing(String station) {
        Path file = beijingFile(station);
        List<Event> events = new ArrayList<>();
        int partition = STATIONS.indexOf(station);
        // Row n is hour n since 2013-03-01 00:00 in Beijing; each arrives a minute later.
        long millis = Instant.parse("2013-02-28T16:01:00Z").toEpochMilli();
        List<String> lines = lines(open(file));
        for (String line : lines.subList(1, lines.size())) {
            events.add(event(new Origin(TestConfigs.TOPIC, partition, events.size(), millis), station, line));
            millis += Duration.ofHours(1).toMillis();
        }
        return events;
    }

    /** All 420,768 rows in time order. Skips the test where the data is absent. */
    public static List<Event> beijing() {
        List<List<Event>> stations = STATIONS.stream().map(RealData::beijing).toList();
        List<Event> events = new ArrayList<>();
        for (int hour = 0; hour < stations.get(0).size(); hour++) {
            for (List<Event> station : stations) {
                events.add(station.get(hour));
            }
        }
        return events;
    }

    /** The first rows of the Beijing set that are bundled for the demo, in their order. */
    static List<byte[]> excerpt(int rows) {
        return lines(RealData.class.getResourceAsStream("/demo/beijing-air.csv.gz"), rows).stream()
                .map(line -> line.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    private static Path beijingFile(String station) {
        String name = "PRSA_Data_" + station + "_20130301-20170228.csv.gz";
        // From the repository beside shared/, and from a work tree one level deeper.
        Path file = BEIJING.resolve(name);
        if (!Files.exists(file)) {
            file = Path.of("..").resolve(file);
        }
        Assumptions.assumeTrue(
                Files.exists(file),
                "skipped: " + BEIJING + " is not here; it holds the Beijing air-quality data (see its README)");
        return file;
    }

    private static Event event(Origin origin, String key, String line) {
        return new Event(origin, key.getBytes(StandardCharsets.UTF_8), line.getBytes(StandardCharsets.UTF_8));
    }

    private static InputStream open(Path file) {
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(InputStream gzipped) {
        return lines(gzipped, Integer.MAX_VALUE);
    }

    private static List<String> lines(InputStream gzipped, int atMost) {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(new GZIPInputStream(gzipped), StandardCharsets.UTF_8))) {
            return reader.lines().limit(atMost).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
