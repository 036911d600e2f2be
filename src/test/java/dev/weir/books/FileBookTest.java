package dev.weir.books;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.weir.core.model.FileCount;
import dev.weir.core.model.FileOutcome;
import dev.weir.core.model.FileOutcome.Kind;
import dev.weir.core.model.Reason;
import dev.weir.core.model.Reject;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class FileBookTest {
    private static final FinishedFile A = new FinishedFile("file:/a", "v", true, 99, 6, 2, "", 1_000, 5_000);

    private final FileBook book = new FileBook(true);

    @Test
    void addsUpThePartsOfAFileFromSeveralSubtasksAndOverARestart() throws IOException {
        book.add(part(0, 7, 1, 1, null));
        book.add(part(0, 7, 2, 0, null));
        FileBook restarted = restored(book);
        restarted.add(part(0, 7, 3, 1, read("file:/a", 6)));

        assertThat(restarted.submit(restarted.end())).containsExactly(A);
        assertThat(restarted.differing()).isZero();
        assertThat(restored(restarted).submit(1)).containsExactly(A);
    }

    @Test
    void tellsTheFilesOfPartitionsAndOfAnnouncementsApart() {
        book.add(part(0, 7, 1, 0, null));
        book.add(part(1, 7, 10, 0, null));
        book.add(part(0, 8, 5, 0, read("file:/next", 5)));
        book.add(part(1, 7, 10, 0, read("file:/b", 20)));

        assertThat(book.submit(book.end()))
                .extracting(FinishedFile::uri, FinishedFile::rows)
                .containsExactly(tuple("file:/next", 5L), tuple("file:/b", 20L));
    }

    @Test
    void submitsEachFileOnceAndForgetsIt() {
        book.add(part(0, 7, 0, 0, read("file:/a", 0)));
        long firstBarrier = book.end();
        book.add(part(0, 8, 0, 0, read("file:/b", 0)));

        assertThat(book.submit(firstBarrier)).extracting(FinishedFile::uri).containsExactly("file:/a");
        assertThat(book.submit(firstBarrier)).isEmpty();
        assertThat(book.submittedBytes()).isPositive();
        book.forget(firstBarrier);
        book.forget(firstBarrier);
        assertThat(book.submittedBytes()).isZero();
        assertThat(book.submit(book.end())).extracting(FinishedFile::uri).containsExactly("file:/b");
        book.forget(book.end());
        assertThat(book.end()).isEqualTo(2);
    }

    /** What is not known to be written is written again after a restart; what is, is not in the state any more. */
    @Test
    void theStateHoldsWhatIsNotWritten() throws IOException {
        book.add(part(0, 7, 0, 0, read("file:/a", 0)));
        book.add(part(0, 8, 0, 0, read("file:/b", 0)));
        book.submit(2);
        book.forget(1);

        FileBook restarted = restored(book);
        assertThat(restarted.submit(restarted.end()))
                .extracting(FinishedFile::uri)
                .containsExactly("file:/b");
    }

    @Test
    void saysWhyAFileWasRejectedInTextsThatPostgresqlCanHold() {
        Reject reject = new Reject(Reason.FILE_UNREADABLE, "damaged\u0000 after 3 rows", null);
        FileOutcome outcome = new FileOutcome(Kind.REJECTED, reject, "file:/\ud800" + "x".repeat(5_000), null, 0, 3, 5);
        book.add(part(0, 7, 3, 0, outcome));

        FinishedFile file = book.submit(1).get(0);
        assertThat(file.read()).isFalse();
        assertThat(file.version()).isEmpty();
        assertThat(file.detail()).isEqualTo("FILE_UNREADABLE: damaged\ufffd after 3 rows");
        assertThat(file.uri())
                .hasSizeLessThanOrEqualTo(1_800)
                .startsWith("file:/\ufffdx")
                .contains("...sha256:");
    }

    @Test
    void knowsHowManyRowsWereEmittedAndNotCounted() {
        book.add(part(0, 7, 3, 0, read("file:/a", 5)));
        assertThat(book.differing()).isEqualTo(2);
    }

    @Test
    void keepsNoFinishedFilesWithoutATable() throws IOException {
        FileBook none = new FileBook(false);
        none.add(part(0, 7, 3, 0, read("file:/a", 3)));
        none.add(part(0, 8, 1, 0, null));
        assertThat(none.end()).isZero();
        assertThat(none.snapshot()).hasSize(1);

        book.add(part(0, 7, 3, 0, read("file:/a", 3)));
        none.restore(book.snapshot());
        assertThat(none.end()).isZero();
    }

    /** Pinned: savepoints hold these bytes. */
    @Test
    void theBytesOfTheStateStayAsTheyAre() throws IOException {
        String open =
                "01" + "00" + "000174" + "00000002" + "0000000000000003" + "0000000000000004" + "0000000000000005";
        String finished = "01" + "01" + "0001" + "61" + "0001" + "76" + "01" + "0000000000000001" + "0000000000000002"
                + "0000000000000003" + "0000" + "0000000000000004" + "0000000000000005";
        book.restore(List.of(HexFormat.of().parseHex(open), HexFormat.of().parseHex(finished)));

        assertThat(book.snapshot()).map(HexFormat.of()::formatHex).containsExactly(open, finished);
        assertThat(book.submit(1)).containsExactly(new FinishedFile("a", "v", true, 1, 2, 3, "", 4, 5));
        assertThatThrownBy(() -> book.restore(List.of(new byte[] {2, 0})))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a file in format 2");
    }

    private static FileBook restored(FileBook from) throws IOException {
        FileBook book = new FileBook(true);
        book.restore(from.snapshot());
        return book;
    }

    private static FileOutcome read(String uri, long rows) {
        return new FileOutcome(Kind.READ, null, uri, "v", 99, rows, 5_000);
    }

    private static FileCount part(int partition, long offset, long rows, long rejected, FileOutcome outcome) {
        return new FileCount("t", partition, offset, 1_000, rows, rejected, outcome);
    }
}
