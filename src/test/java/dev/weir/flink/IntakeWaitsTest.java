package dev.weir.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.core.catalog.Input;
import dev.weir.core.decode.Decoder;
import dev.weir.core.decode.DecoderFactory;
import dev.weir.core.decode.Items;
import dev.weir.core.decode.Layout;
import dev.weir.core.decode.MalformedEventException;
import dev.weir.core.decode.NotNowException;
import dev.weir.core.model.Counter;
import dev.weir.core.model.Event;
import dev.weir.core.model.FileHead;
import dev.weir.core.model.Origin;
import dev.weir.core.model.Reading;
import dev.weir.core.model.Tally;
import dev.weir.generation.Fence;
import dev.weir.generation.Run;
import dev.weir.retry.Pause;
import dev.weir.testing.generate.TestConfigs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A format whose outside is away, such as a schema registry: the events wait for it. */
class IntakeWaitsTest {
    private static final long NOW_MILLIS = 1_767_225_600_000L; // 2026-01-01T00:00:00Z

    @TempDir
    Path directory;

    /** Decodes as the format does, but not the event that says {@code wait} before so many attempts. */
    private static final class AwayAtFirst implements Decoder {
        private final Decoder real;
        private int left;

        private AwayAtFirst(Input input, Layout layout, int attempts) {
            this.real = Decoder.of(input, layout);
            this.left = attempts;
        }

        @Override
        public void decode(byte[] value, FileHead file, Items items) throws MalformedEventException {
            real.decode(value, file, items);
            if (new String(value, StandardCharsets.UTF_8).contains("wait") && left-- > 0) {
                throw new NotNowException("weir.test: the registry is away", null);
            }
        }
    }

    @Test
    void decodesAnEventAfterThreeAttemptsInVainAndLosesRejectsAndReordersNothing() throws Exception {
        List<Event> events = List.of(
                event(0, "first", "1"),
                event(1, "wait", "2"),
                event(2, "wait", "\"no number\""),
                event(3, "last", "4"));
        Path pauses = directory.resolve("pauses");
        try (var harness = harness((input, layout) -> new AwayAtFirst(input, layout, 3), noting(pauses))) {
            harness.open();
            for (Event event : events) {
                harness.processElement(new StreamRecord<>(event));
            }
            harness.prepareSnapshotPreBarrier(1);

            assertThat(harness.extractOutputValues()).extracting(Reading::value).containsExactly(1.0, 2.0, 4.0);
            assertThat(harness.getSideOutput(IntakeOperator.DEAD_LETTERS))
                    .as("the one that is wrong in itself")
                    .hasSize(1);
            Tally counted = new Tally();
            new ArrayList<>(harness.getSideOutput(IntakeOperator.TALLIES))
                    .forEach(record -> counted.add(record.getValue()));
            assertThat(counted.get(Counter.EVENTS_READ)).as("once each").isEqualTo(4);
            assertThat(counted.get(Counter.EVENTS_DECODED)).isEqualTo(4);
            assertThat(counted.get(Counter.READINGS_DECODED)).isEqualTo(4);
            assertThat(counted.get(Counter.EVENTS_REJECTED)).isZero();
        }
        assertThat(pauses).content().isEqualTo("100 ms\n200 ms\n400 ms\n");
    }

    @Test
    void cancellingEndsTheWait() throws Exception {
        try (var harness = harness((input, layout) -> new AwayAtFirst(input, layout, Integer.MAX_VALUE), Pause.WALL)) {
            harness.open();
            Thread.currentThread().interrupt(); // as Flink does to the thread of a task that is cancelled
            assertThatThrownBy(() -> harness.processElement(new StreamRecord<>(event(0, "wait", "1"))))
                    .isInstanceOf(InterruptedException.class);
            assertThat(harness.getSideOutput(IntakeOperator.DEAD_LETTERS)).isNullOrEmpty();
        } finally {
            assertThat(Thread.interrupted()).as("the wait has taken note of it").isFalse();
        }
    }

    private static OneInputStreamOperatorTestHarness<Event, Reading> harness(DecoderFactory decoders, Pause pause)
            throws Exception {
        Run run = new Run("run", TestConfigs.longJson(), Fence.NONE);
        return new OneInputStreamOperatorTestHarness<>(new IntakeOperator(run, decoders, pause), new EventSerializer());
    }

    /** The operator is serialized on its way into the harness: a file is what both ends know. */
    private static Pause noting(Path pauses) {
        String file = pauses.toString();
        return (duration, closing) -> {
            try {
                Files.writeString(
                        Path.of(file),
                        duration.toMillis() + " ms\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
                return true;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    private static Event event(long offset, String site, String value) {
        String text = "{\"sensor_id\": \"s\", \"event_time\": " + (NOW_MILLIS + offset)
                + ", \"metric\": \"temperature\", \"value\": " + value + ", \"site\": \"" + site + "\"}";
        return new Event(new Origin("t", 0, offset, NOW_MILLIS), null, text.getBytes(StandardCharsets.UTF_8));
    }
}
