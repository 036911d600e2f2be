package dev.weir.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.model.FileOutcome.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Files that are read before their turn comes. */
class ReadAheadTest {
    private static final String URI = "s3://b/in/a.csv";

    private final Reading reading = new Reading();
    private final MemoryFiles store = reading.store;

    @AfterEach
    void everythingIsReleased() {
        reading.reader.close();
        Awaitility.await().until(() -> store.openStreams.get() == 0);
        assertThat(reading.reader.bufferedBytes()).isZero();
    }

    @Test
    void manyFilesAreOpenedAtOnceAndServedInOrder() {
        CountDownLatch slow = new CountDownLatch(1);
        store.slow = slow;
        List<FileReader.Handle> handles = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            store.put("s3://b/" + i, Reading.csv(3));
            handles.add(reading.open("s3://b/" + i));
        }
        Awaitility.await().until(() -> store.looks.get() == ReadAhead.THREADS);
        slow.countDown();
        handles.forEach(handle -> {
            assertThat(reading.readAll(handle).kind()).isEqualTo(Kind.READ);
            assertThat(reading.rows).isEqualTo(Reading.rows(1, 3));
        });
    }

    /** 60 files of 4 MB, of which two are read at a time: all of them are begun, and the memory stays within its bound. */
    @Test
    void readsAheadWithinABoundOfMemory() {
        byte[] csv = Reading.csv(200_000);
        List<FileReader.Handle> handles = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            store.put("s3://b/" + i, csv);
            handles.add(reading.open("s3://b/" + i));
        }
        Awaitility.await().until(() -> reading.reader.bufferedBytes() >= ReadAhead.AHEAD_BYTES);
        int[] rows = new int[60];
        int ended = 0;
        long greatest = 0;
        while (ended < 60) {
            int pair = ended - ended % 2;
            for (int i = pair; i < pair + 2; i++) {
                greatest = Math.max(greatest, reading.reader.bufferedBytes());
                Rows next = handles.get(i).poll();
                if (next != null && next.end() != null) {
                    assertThat(next.end().rows()).isEqualTo(200_000);
                    handles.get(i).close();
                    ended++;
                } else if (next != null) {
                    rows[i] += next.rows().size();
                }
            }
        }
        assertThat(rows).containsOnly(200_000);
        assertThat(greatest).isLessThan(FileReader.BUFFERED_BYTES + 4 * ReadFile.CHUNK_BYTES);
    }

    @Test
    void aHandleThatIsClosedInTheMiddleReleasesTheFile() {
        store.put(URI, Reading.csv(1_000_000));
        FileReader.Handle handle = reading.open(URI);
        Awaitility.await().until(() -> reading.take(handle));
        handle.close();
        handle.close();
        Awaitility.await().until(() -> store.openStreams.get() == 0);
        assertThat(handle.poll()).isNull();
        assertThat(reading.reader.bufferedBytes()).isZero();
    }
}
