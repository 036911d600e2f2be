package dev.weir.sink.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.model.DeadLetter;
import dev.weir.core.model.Origin;
import dev.weir.core.model.Reason;
import dev.weir.core.model.Reject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The headers that only events of announced files have. */
class DeadLetterOfAFileTest {
    private static final byte[] KEY = "k".getBytes(UTF_8);
    private static final byte[] VALUE = "1,2".getBytes(UTF_8);

    private final DeadLetterFormat format = new DeadLetterFormat("p", DeadLetterFormat.DEFAULT_MAX_RECORD_BYTES);

    @Test
    void namesTheRowOfAFile() {
        Origin row = new Origin("in", 3, 42, 1_700_000_000_123L, "s3://plant-raw/2026/a b.csv", 17);
        DeadLetter letter = new DeadLetter(row, List.of(new Reject(Reason.MALFORMED, "", null)), KEY, VALUE, null, 2);

        assertThat(DeadLetterFormatTest.headers(DeadLetterFormatTest.only(format.format(letter))))
                .contains("weir.origin=in/3/42/1700000000123", "weir.file=s3://plant-raw/2026/a b.csv", "weir.row=17");
    }

    /** The announcement itself is rejected: there is a file, and no row. A hostile URI may be as long as a record. */
    @Test
    void namesTheFileOfARejectedAnnouncementAndClipsItsName() {
        Origin announced = new Origin("in", 3, 42, 1_700_000_000_123L).of("s3://b/" + "x".repeat(1 << 20));
        DeadLetter letter =
                new DeadLetter(announced, List.of(new Reject(Reason.FILE_REFUSED, "", null)), KEY, VALUE, null, 2);

        assertThat(DeadLetterFormatTest.headers(DeadLetterFormatTest.only(format.format(letter))))
                .contains("weir.file=s3://b/" + "x".repeat(4096 - 7))
                .noneMatch(header -> header.startsWith("weir.row"));
    }
}
