package dev.weir.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.catalog.Files;
import dev.weir.core.catalog.Files.Announcement;
import dev.weir.core.catalog.Files.Compression;
import dev.weir.core.catalog.Input;
import dev.weir.core.catalog.Input.Format;
import dev.weir.core.model.FileHead;
import dev.weir.core.model.FileOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.awaitility.Awaitility;

/** Reads files as the source does: polls, and waits to be woken. */
final class Reading {
    static final Input.Csv CSV = new Input.Csv(null, ',', false);

    final MemoryFiles store = new MemoryFiles();
    final Semaphore woken = new Semaphore(0);
    final FileReader reader = new FileReader(woken::release, store);

    final List<String> rows = new ArrayList<>();
    FileHead head;
    FileOutcome end;

    static Input input(Format format, Input.Csv csv, String... allow) {
        return new Input(
                Input.Topics.REST,
                new Files(Announcement.PATHS, List.of(allow), Duration.ofDays(1), null, Compression.AUTO),
                new Input.Payload(format, List.of(), csv, null),
                Input.Fields.named(
                        "sensor",
                        Input.EventTime.named(List.of("time"), List.of("epoch-millis"), "UTC"),
                        "metric",
                        "value",
                        null,
                        null),
                Input.Readings.NONE,
                new Input.Texts(Set.of(), false));
    }

    static Input input(Format format) {
        return input(format, format == Format.CSV ? CSV : null, "s3://b/");
    }

    static AnnouncedFile file(String uri) {
        return new AnnouncedFile(uri, null, AnnouncedFile.UNKNOWN, AnnouncedFile.UNKNOWN, true);
    }

    /** A CSV file of so many rows. */
    static byte[] csv(int rows) {
        StringBuilder text = new StringBuilder("sensor,time,metric,value\n");
        for (int i = 1; i <= rows; i++) {
            text.append(row(i)).append('\n');
        }
        return text.toString().getBytes(UTF_8);
    }

    static String row(int i) {
        return "s" + i % 7 + ',' + i + ",t," + i * 3;
    }

    static List<String> rows(int from, int to) {
        List<String> rows = new ArrayList<>();
        for (int i = from; i <= to; i++) {
            rows.add(row(i));
        }
        return rows;
    }

    FileReader.Handle open(String uri) {
        return reader.open(input(Format.CSV), file(uri), ResumeAt.START);
    }

    /** Takes what there is, once. Returns whether there was something. */
    boolean take(FileReader.Handle handle) {
        Rows next = handle.poll();
        if (next == null) {
            return false;
        }
        if (next.end() != null) {
            assertThat(next.rows()).isEmpty();
            end = next.end();
            handle.close();
            return true;
        }
        if (head != null) {
            assertThat(next.head()).as("one head for all rows").isSameAs(head);
        }
        head = next.head();
        next.rows().forEach(row -> rows.add(new String(row, UTF_8)));
        return true;
    }

    /** Reads to the end, waking up only when told to. */
    FileOutcome readAll(FileReader.Handle handle) {
        rows.clear();
        head = null;
        end = null;
        while (end == null) {
            if (!take(handle)) {
                Awaitility.await().atMost(Duration.ofSeconds(20)).until(woken::tryAcquire);
            }
        }
        return end;
    }

    /** Takes what there is until the reader waits for a timer. */
    void readUntilTimer(FileReader.Handle handle) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
            while (take(handle)) {
                // All that is there.
            }
            return store.timers() > 0;
        });
        while (take(handle)) {
            // What came in between.
        }
    }
}
