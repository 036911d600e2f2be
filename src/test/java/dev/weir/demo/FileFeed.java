package dev.weir.demo;

import static dev.weir.demo.DemoFeed.utf8;

import dev.weir.core.model.Event;
import dev.weir.core.model.Origin;
import dev.weir.testing.KafkaBroker;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes the rows into gzipped CSV files, one for each station and month, and sends a record that announces each. */
final class FileFeed implements DemoFeed {
    static final String HEADER = "No,year,month,day,hour,PM2.5,PM10,SO2,NO2,CO,O3,TEMP,PRES,DEWP,RAIN,wd,WSPM,station";

    private final int sets;
    private final long timestampMillis;
    private final Path directory;
    private final List<Announced> announced = new ArrayList<>();
    private long events;

    /** A file in the order of the announcements, which is that of time within a station. */
    private record Announced(String station, Path path, List<Excerpt.Row> rows, Origin record) {

        String uri() {
            return path.toUri().toString();
        }
    }

    /**
     * Plans the files.
     *
     * @param timestampMillis of every announcement
     * @param directory in which the files will be
     */
    FileFeed(Excerpt excerpt, int sets, long timestampMillis, Path directory) {
        this.sets = sets;
        this.timestampMillis = timestampMillis;
        this.directory = directory;
        Map<Path, List<Excerpt.Row>> byFile = new TreeMap<>();
        for (Excerpt.Row row : excerpt.rows()) {
            for (int set = 1; set <= sets; set++) {
                Excerpt.Row sent = row.ofSet(set);
                Path path = directory.resolve(sent.station()).resolve(sent.month() + ".csv.gz");
                byFile.computeIfAbsent(path, unused -> new ArrayList<>()).add(sent);
                events++;
            }
        }
        long[] offsets = new long[PARTITIONS];
        byFile.forEach((path, rows) -> {
            String station = rows.get(0).station();
            int partition = DemoFeed.partitionOf(station);
            Origin record = new Origin(DemoOptions.TOPIC, partition, offsets[partition]++, timestampMillis);
            announced.add(new Announced(station, path, rows, record));
        });
    }

    @Override
    public long events() {
        return events;
    }

    @Override
    public int files() {
        return announced.size();
    }

    @Override
    public String describe() {
        return Terminal.number(events()) + " rows of " + Terminal.number(12L * sets) + " stations in "
                + Terminal.number(files()) + " files below " + directory + ", announced in topic " + DemoOptions.TOPIC;
    }

    @Override
    public void send(KafkaBroker broker) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (Announced file : announced) {
            write(file);
            records.add(new ProducerRecord<>(
                    DemoOptions.TOPIC,
                    file.record().partition(),
                    timestampMillis,
                    utf8(file.station()),
                    utf8(file.uri())));
        }
        broker.createTopic(DemoOptions.TOPIC, PARTITIONS, Map.of("retention.ms", "-1"));
        broker.send(records);
    }

    private static void write(Announced file) {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        file.rows().forEach(row -> text.append(row.text()).append('\n'));
        try {
            Files.createDirectories(file.path().getParent());
            try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file.path()))) {
                out.write(utf8(text.toString()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<Event> eventsOf(int set) {
        List<Event> rows = new ArrayList<>();
        for (Announced file : announced) {
            if (DemoFeed.setOf(file.station()) != set) {
                continue;
            }
            Origin record = file.record();
            for (int i = 0; i < file.rows().size(); i++) {
                Origin origin = new Origin(
                        record.topic(), record.partition(), record.offset(), timestampMillis, file.uri(), i + 1L);
                rows.add(new Event(
                        origin, utf8(file.station()), utf8(file.rows().get(i).text())));
            }
        }
        return rows;
    }
}
