package dev.weir.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RememberedTest {
    private static final int FILES = 60;

    /** A file that is added; the timestamp moves by some milliseconds, mostly forward. */
    private record Step(int file, int millis) {}

    private record Entry(int file, long millis) {}

    /** The model is a plain queue, searched from end to end. */
    @Property(tries = 500)
    void isAQueueWhoseOldestGoWhenTheyAreTooFarAway(
            @ForAll("steps") List<Step> steps, @ForAll @IntRange(min = 1, max = 200) int within) {
        Remembered remembered = new Remembered();
        Remembered neverAsked = new Remembered();
        Deque<Entry> model = new ArrayDeque<>();
        long now = 1_000;
        for (Step step : steps) {
            now += step.millis();
            remembered.add(identity(step.file()), now, within);
            neverAsked.add(identity(step.file()), now, within);
            while (!model.isEmpty() && Math.abs(model.peek().millis() - now) > within) {
                model.poll();
            }
            model.add(new Entry(step.file(), now));

            for (int file = 0; file < FILES; file += 7) {
                assertThat(remembered.contains(identity(file), now, within)).isEqualTo(isIn(model, file, now, within));
            }
        }
        for (int file = 0; file < FILES; file++) {
            long at = now;
            assertThat(remembered.contains(identity(file), at - within, within))
                    .isEqualTo(isIn(model, file, at - within, within));
        }
        assertThat(bytes(remembered)).isEqualTo(bytes(neverAsked)).isEqualTo(bytes(remembered.copy()));
        assertThat(bytes(Remembered.read(ByteBuffer.wrap(bytes(remembered))))).isEqualTo(bytes(remembered));
        assertThat(remembered.size()).isEqualTo(model.size());
        Remembered restored = Remembered.read(ByteBuffer.wrap(bytes(remembered)));
        for (int file = 0; file < FILES; file++) {
            assertThat(restored.contains(identity(file), now, within)).isEqualTo(isIn(model, file, now, within));
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, FILES - 1),
                        Arbitraries.integers().between(-20, 40))
                .as(Step::new)
                .list()
                .ofMaxSize(400);
    }

    /** Otherwise it would stay the oldest for ever, and with it everything after it. */
    @Test
    void anEntryFromTheFutureGoes() {
        Remembered remembered = new Remembered();
        remembered.add(identity(0), 9_999_999, 10);
        for (int i = 0; i < 100; i++) {
            remembered.add(identity(1), i, 10);
        }

        assertThat(remembered.size()).isEqualTo(11);
    }

    @Test
    void keepsNoRoomForWhatIsGone() {
        Remembered remembered = new Remembered();
        for (int i = 0; i < 100_000; i++) {
            remembered.add(FileIdentity.of("s3://plant/" + i, "1"), 0, 10);
        }
        assertThat(remembered.contains(FileIdentity.of("s3://plant/99999", "1"), 0, 10))
                .isTrue();
        assertThat(remembered.heapBytes()).isLessThan(100_000 * 44);

        for (int i = 0; i < 40; i++) {
            remembered.add(identity(i), 1_000, 10);
        }
        assertThat(remembered.heapBytes()).isLessThan(10_000);
        assertThat(remembered.size()).isEqualTo(40);
    }

    @Test
    void anIdentityIsThatOfUriAndVersion() {
        assertThat(FileIdentity.of("s3://a", "b")).isEqualTo(FileIdentity.of("s3://a", "b"));
        assertThat(FileIdentity.of("s3://a", "b")).isNotEqualTo(FileIdentity.of("s3://ab", ""));
        // printf 's3://a\0b' | sha256sum
        assertThat(String.format(
                        "%016x%016x",
                        FileIdentity.of("s3://a", "b").high(),
                        FileIdentity.of("s3://a", "b").low()))
                .isEqualTo(IDENTITY);
    }

    private static final String IDENTITY = "556084fbe35cab4f6f29a092315a2d67";

    /** Few of these have hash codes of their own, so that chains in the index are long, and cross its end. */
    private static FileIdentity identity(int file) {
        return new FileIdentity(file, -1 - file % 3);
    }

    private static boolean isIn(Deque<Entry> model, int file, long millis, int within) {
        return model.stream().anyMatch(entry -> entry.file() == file && Math.abs(entry.millis() - millis) <= within);
    }

    private static byte[] bytes(Remembered remembered) {
        ByteBuffer bytes = ByteBuffer.allocate(remembered.size() * Remembered.ENTRY_BYTES);
        remembered.write(bytes);
        return bytes.array();
    }
}
