package dev.weir.chaos;

import dev.weir.core.model.Event;
import dev.weir.core.model.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Takes the events of the last partitions and puts them into files, one JSON value a line, which records announce: short and long ones,
 * compressed and not, and some announced twice. Events that no line can hold are left out. Reads them again for the comparison.
 */
final class ChaosFiles {
    private static final int PARTITIONS = 2;
    private static final int MOST_ROWS = 800;

    private final Path directory;
    private final Random random;
    private final Map<Integer, Open> open = new HashMap<>();
    private int files;

    /** The rows of a file that is not announced yet. */
    private static final class Open {
        private final List<byte[]> rows = new ArrayList<>();
        private final int wanted;

        Open(int wanted) {
            this.wanted = wanted;
        }
    }

    /** An announcement, and how many events it brings. */
    record Announcement(ProducerRecord<byte[], byte[]> record, int rows) {}

    ChaosFiles(Path directory, long seed) {
        this.directory = directory;
        this.random = new Random(seed);
    }

    /** Returns whether the event is for a file and not for a record. */
    static boolean takes(Event event) {
        return event.origin().partition() >= ChaosOptions.PARTITIONS - PARTITIONS;
    }

    /** Takes the event. Returns the announcements of the file that it completes: none, one, or two of the same. */
    List<Announcement> add(Event event) {
        int partition = event.origin().partition();
        if (!isLine(event.value())) {
            return List.of();
        }
        // From one row to many: a kill hits in the middle of a long one, and between many short ones.
        Open file = open.computeIfAbsent(
                partition, unused -> new Open(1 + random.nextInt(random.nextBoolean() ? 20 : MOST_ROWS)));
        file.rows.add(event.value());
        return file.rows.size() < file.wanted
                ? List.of()
                : announcements(partition, event.origin().timestampMillis());
    }

    private List<Announcement> announcements(int partition, long timestampMillis) {
        List<byte[]> rows = open.remove(partition).rows;
        boolean gzip = random.nextBoolean();
        Path path = directory.resolve("file-" + files++ + (gzip ? ".json.gz" : ".json"));
        try (OutputStream file = Files.newOutputStream(path);
                OutputStream out = gzip ? new GZIPOutputStream(file) : file) {
            for (byte[] row : rows) {
                out.write(row);
                out.write('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] uri = path.toUri().toString().getBytes(StandardCharsets.UTF_8);
        var record = new ProducerRecord<byte[], byte[]>(Settings.FILES_TOPIC, partition, timestampMillis, null, uri);
        List<Announcement> announcements = new ArrayList<>();
        announcements.add(new Announcement(record, rows.size()));
        if (random.nextInt(10) == 0) {
            announcements.add(new Announcement(record, 0));
        }
        return announcements;
    }

    /** Returns whether a line of a file can hold the value, and does not make the file an array. */
    private static boolean isLine(byte[] value) {
        if (value == null) {
            return false;
        }
        boolean blank = true;
        for (byte b : value) {
            if (b == '\n' || b == '\r') {
                return false;
            }
            boolean space = b == ' ' || b == '\t';
            if (blank && !space && (b == '[' || b == (byte) 0xEF)) {
                return false;
            }
            blank &= space;
        }
        return !blank;
    }

    /** What the announcements of a partition bring: the events, and how the files count. */
    static final class Read {
        final List<Event> events = new ArrayList<>();
        final Map<String, Long> books = new HashMap<>();
    }

    static Read read(List<ConsumerRecord<byte[], byte[]>> announcements) {
        Read read = new Read();
        Set<String> seen = new HashSet<>();
        for (ConsumerRecord<byte[], byte[]> record : announcements) {
            String uri = new String(record.value(), StandardCharsets.UTF_8);
            boolean first = seen.add(uri);
            read.books.merge("files.announced", 1L, Long::sum);
            read.books.merge(first ? "files.read" : "files.repeated", 1L, Long::sum);
            if (first) {
                addRows(record, uri, read.events);
            }
        }
        return read;
    }

    private static void addRows(ConsumerRecord<byte[], byte[]> record, String uri, List<Event> events) {
        byte[] bytes = bytes(uri);
        int begin = 0;
        long row = 0;
        for (int end = 0; end < bytes.length; end++) {
            if (bytes[end] == '\n') {
                Origin origin =
                        new Origin(record.topic(), record.partition(), record.offset(), record.timestamp(), uri, ++row);
                events.add(new Event(origin, record.key(), Arrays.copyOfRange(bytes, begin, end)));
                begin = end + 1;
            }
        }
    }

    private static byte[] bytes(String uri) {
        try (InputStream file = Files.newInputStream(Path.of(URI.create(uri)));
                InputStream in = uri.endsWith(".gz") ? new GZIPInputStream(file) : file) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
