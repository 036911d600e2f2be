package dev.weir.testing.kept;

import dev.weir.config.WeirConfig;
import dev.weir.core.catalog.TimeSettings;
import dev.weir.core.model.Event;
import dev.weir.core.model.Origin;
import dev.weir.core.model.SeriesKey;
import dev.weir.testing.generate.TestConfigs;
import dev.weir.testing.generate.Workload;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * What one state format left behind: the events, how many of them the state has seen, each series' bytes, and a savepoint of the whole
 * job, the first snapshot that the job ever took, so that nothing of what it made was committed outside before.
 *
 * @param directory of that format
 */
public record KeptState(Path directory) {
    private static final Path ROOT = Path.of("src/test/resources/state");
    private static final int NONE = -1;

    /** Name of the pipeline and of its topic, in the savepoint. */
    public static final String PIPELINE = "kept";

    public static final int PARTITIONS = 2;

    public static KeptState ofFormat(int format) {
        return new KeptState(ROOT.resolve("v" + format));
    }

    /**
     * What decides the verdicts. Do not simplify: the savepoints hold its fingerprint, with the default of {@code
     * earliest} of their time.
     */
    public static WeirConfig config() {
        WeirConfig now = TestConfigs.ofFirstRelease(TestConfigs.longJson());
        TimeSettings time = now.time();
        Instant earliest = Instant.parse("2000-01-01T00:00:00Z");
        return TestConfigs.config(
                now.catalog(),
                new TimeSettings(time.disorder(), time.lateness(), time.futureSkew(), time.idleFlush(), earliest),
                now.windows());
    }

    /** What a new format is made of. An old one has its own events, whatever becomes of the generator. */
    public static List<Event> newEvents() {
        Workload all = Workload.of(config(), 20_261_121);
        return new Workload(all.config(), all.seed(), all.sensors(), PARTITIONS, 120, all.faultRate(), all.faults())
                .events();
    }

    public Path savepoint() {
        return directory.resolve("savepoint");
    }

    /** The events that the state has seen. */
    public List<Event> before() throws IOException {
        return events(true);
    }

    /** Those that came after. */
    public List<Event> after() throws IOException {
        return events(false);
    }

    private List<Event> events(boolean before) throws IOException {
        try (DataInputStream in = read("events.gz")) {
            int seen = in.readInt();
            int count = in.readInt();
            List<Event> events = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Origin origin = new Origin(TestConfigs.TOPIC, in.readInt(), in.readLong(), in.readLong());
                Event event = new Event(origin, readBytes(in), readBytes(in));
                if (i < seen == before) {
                    events.add(before ? asJudgedThen(event) : event);
                }
            }
            return events;
        }
    }

    /** A sensor that is a number was WRONG_TYPE when the states were made. A truth value in its place still is. */
    private static Event asJudgedThen(Event event) {
        if (event.value() == null) {
            return event;
        }
        String then = new String(event.value(), StandardCharsets.ISO_8859_1)
                .replaceAll("\"sensor_id\":[0-9]+", "\"sensor_id\":false");
        return new Event(event.origin(), event.key(), then.getBytes(StandardCharsets.ISO_8859_1));
    }

    public void keepEvents(List<Event> before, List<Event> after) throws IOException {
        try (DataOutputStream out = write("events.gz")) {
            out.writeInt(before.size());
            out.writeInt(before.size() + after.size());
            for (List<Event> part : List.of(before, after)) {
                for (Event event : part) {
                    out.writeInt(event.origin().partition());
                    out.writeLong(event.origin().offset());
                    out.writeLong(event.origin().timestampMillis());
                    writeBytes(out, event.key());
                    writeBytes(out, event.value());
                }
            }
        }
    }

    /** The bytes of every series. */
    public Map<SeriesKey, byte[]> series() throws IOException {
        try (DataInputStream in = read("series.gz")) {
            Map<SeriesKey, byte[]> series = new LinkedHashMap<>();
            for (int rest = in.readInt(); rest > 0; rest--) {
                series.put(new SeriesKey(in.readUTF(), in.readUTF()), readBytes(in));
            }
            return series;
        }
    }

    public void keepSeries(Map<SeriesKey, byte[]> series) throws IOException {
        try (DataOutputStream out = write("series.gz")) {
            out.writeInt(series.size());
            for (Map.Entry<SeriesKey, byte[]> one : series.entrySet()) {
                out.writeUTF(one.getKey().sensorId());
                out.writeUTF(one.getKey().metric());
                writeBytes(out, one.getValue());
            }
        }
    }

    /** The bytes of a long series, and of what is settled of it; from format 5 on. */
    public record Settled(byte[] series, byte[] settled) {}

    public Settled settled() throws IOException {
        try (DataInputStream in = read("settled.gz")) {
            return new Settled(readBytes(in), readBytes(in));
        }
    }

    public void keepSettled(byte[] series, byte[] settled) throws IOException {
        try (DataOutputStream out = write("settled.gz")) {
            writeBytes(out, series);
            writeBytes(out, settled);
        }
    }

    private DataInputStream read(String file) throws IOException {
        InputStream in = Files.newInputStream(directory.resolve(file));
        return new DataInputStream(new GZIPInputStream(in));
    }

    private DataOutputStream write(String file) throws IOException {
        OutputStream out =
                Files.newOutputStream(Files.createDirectories(directory).resolve(file));
        return new DataOutputStream(new GZIPOutputStream(out));
    }

    private static byte[] readBytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        return length == NONE ? null : in.readNBytes(length);
    }

    private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes == null ? NONE : bytes.length);
        if (bytes != null) {
            out.write(bytes);
        }
    }
}
