package dev.weir.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.model.Counter;
import dev.weir.core.model.DeadLetter;
import dev.weir.core.model.Event;
import dev.weir.core.model.FileCount;
import dev.weir.core.model.FileHead;
import dev.weir.core.model.FileOutcome;
import dev.weir.core.model.FileOutcome.Kind;
import dev.weir.core.model.Origin;
import dev.weir.core.model.Reading;
import dev.weir.core.model.Reason;
import dev.weir.core.model.Reject;
import dev.weir.core.model.SeriesKey;
import dev.weir.core.model.Tally;
import java.io.IOException;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** What is said of files survives every serializer between two operators. */
class FileSerializersTest {
    private static final Origin ROW = new Origin("t", 1, 2, 3, "s3://b/a.csv", 4);
    private static final FileOutcome READ = new FileOutcome(Kind.READ, null, "s3://b/a", "v", 5, 6, 7);
    private static final FileOutcome REFUSED =
            new FileOutcome(Kind.REJECTED, new Reject(Reason.FILE_REFUSED, "d", null), "s3://c/a", null, 0, 0, 8);

    @Test
    void anEventIsARowOrAnOutcome() throws IOException {
        byte[] key = {1};
        List<Event.Header> headers = List.of(new Event.Header("h", new byte[] {9}));
        for (Event event : List.of(
                Event.row(ROW, key, new byte[] {2}, headers, new FileHead(List.of("a", "b"), null)),
                Event.row(ROW, null, new byte[] {2}, List.of(), new FileHead(null, "\"int\"")),
                Event.outcome(ROW.of("x"), key, new byte[] {3}, READ),
                Event.outcome(new Origin("t", 0, 1, 2), key, null, REFUSED),
                new Event(new Origin("t", 0, 1, 2), key, null, headers))) {
            assertThat(through(new EventSerializer(), event))
                    .usingRecursiveComparison()
                    .isEqualTo(event);
        }
    }

    @Test
    void aTallyCarriesTheCountsOfFiles() throws IOException {
        Tally tally = new Tally();
        tally.add(Counter.FILES_READ, 2);
        tally.add(Tally.Extra.FILE_BYTES, 3);
        tally.file(new FileCount("t", 1, 2, 3, 4, 5, null));
        tally.file(new FileCount("t", 1, 2, 3, 4, 5, READ));
        tally.file(new FileCount("t", 1, 2, 3, 4, 5, REFUSED));
        assertThat(through(new TallySerializer(), tally))
                .usingRecursiveComparison()
                .isEqualTo(tally);
    }

    @Test
    void aReadingAndADeadLetterKeepFileAndRow() throws IOException {
        Reading reading = new Reading(
                new SeriesKey("s", "m"), 1, 2, "Cel", null, 0, ROW, new byte[] {1}, new byte[] {2}, "\"int\"", 3);
        assertThat(through(new ReadingSerializer(), reading))
                .usingRecursiveComparison()
                .isEqualTo(reading);
        DeadLetter letter =
                new DeadLetter(ROW, List.of(new Reject(Reason.LATE, "", "m")), null, new byte[] {2}, reading, 1);
        assertThat(through(new DeadLetterSerializer(), letter))
                .usingRecursiveComparison()
                .isEqualTo(letter);
    }

    private static <T> T through(WireSerializer<T> serializer, T value) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(value, out);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        T back = serializer.deserialize(in);
        assertThat(in.available()).isZero();
        return back;
    }
}
