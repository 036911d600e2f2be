package dev.weir.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.model.Tally.Extra;
import org.junit.jupiter.api.Test;

class TallyTest {
    private final Tally tally = new Tally();

    @Test
    void countsEachForItself() {
        assertThat(tally.isEmpty()).isTrue();
        long times = 1;
        for (Counter counter : Counter.values()) {
            tally.add(counter);
            tally.add(counter, times++);
        }
        for (Extra extra : Extra.values()) {
            tally.add(extra, 100 + extra.ordinal());
        }
        times = 1;
        for (Counter counter : Counter.values()) {
            assertThat(tally.get(counter)).as("%s", counter).isEqualTo(1 + times++);
            assertThat(Counter.ofLabel(counter.label())).isSameAs(counter);
        }
        for (Extra extra : Extra.values()) {
            assertThat(tally.get(extra)).isEqualTo(100 + extra.ordinal());
        }
    }

    /** Totals are kept for ever: the counts of single files must not gather there. */
    @Test
    void theCountsOfFilesAreTakenAndNotAddedUp() {
        FileCount file = new FileCount("t", 0, 1, 2, 3, 4, null);
        tally.file(file);
        assertThat(tally.isEmpty()).isFalse();
        Tally total = new Tally();
        total.add(tally);
        assertThat(total.files()).isEmpty();
        assertThat(tally.take().files()).containsExactly(file);
        assertThat(tally.files()).isEmpty();
    }

    @Test
    void isNotEmptyWithOneOfEither() {
        tally.add(Counter.EVENTS_READ);
        assertThat(tally.isEmpty()).isFalse();
        Tally other = new Tally();
        other.add(Extra.DEAD_LETTERS, 1);
        assertThat(other.isEmpty()).isFalse();
    }

    @Test
    void aSumHasTheCountsOfBothAndTheFirstExamples() {
        tally.add(Counter.EVENTS_READ, 3);
        tally.add(Extra.ROWS, 5);
        tally.example(Reason.LATE, "first");
        Tally other = new Tally();
        other.add(Counter.EVENTS_READ, 4);
        other.add(Counter.OFFSETS_LOST, 1);
        other.add(Extra.ROWS, 6);
        other.example(Reason.LATE, "second");
        other.example(Reason.MALFORMED, "third");
        tally.add(other);
        assertThat(tally.get(Counter.EVENTS_READ)).isEqualTo(7);
        assertThat(tally.get(Counter.OFFSETS_LOST)).isEqualTo(1);
        assertThat(tally.get(Extra.ROWS)).isEqualTo(11);
        assertThat(tally.examples()).containsEntry(Reason.LATE, "first").containsEntry(Reason.MALFORMED, "third");
        assertThat(tally.lacksExample(Reason.LATE)).isFalse();
        assertThat(tally.lacksExample(Reason.SPIKE)).isTrue();
    }

    @Test
    void whatIsTakenIsCountedFromZeroAgain() {
        tally.add(Counter.EVENTS_READ, 3);
        tally.add(Extra.ROWS, 5);
        tally.example(Reason.LATE, "first");
        Tally taken = tally.take();
        assertThat(tally.isEmpty()).isTrue();
        assertThat(tally.examples()).isEmpty();
        tally.add(Counter.EVENTS_READ, 1);
        assertThat(taken.get(Counter.EVENTS_READ)).isEqualTo(3);
        assertThat(taken.get(Extra.ROWS)).isEqualTo(5);
        assertThat(taken.examples()).hasSize(1);
    }

    @Test
    void countsTheFlagsOfAnAcceptedReading() {
        tally.accepted(0);
        assertThat(tally.get(Counter.READINGS_FLAGGED)).isZero();
        int all = 0;
        for (Flag flag : Flag.values()) {
            all |= flag.bit();
        }
        tally.accepted(all);
        tally.accepted(Flag.STUCK.bit());
        assertThat(tally.get(Counter.READINGS_ACCEPTED)).isEqualTo(3);
        assertThat(tally.get(Counter.READINGS_FLAGGED)).isEqualTo(2);
        for (Flag flag : Flag.values()) {
            assertThat(tally.get(Counter.flagged(flag))).isEqualTo(flag == Flag.STUCK ? 2 : 1);
        }
    }

    /** Each of the four sums, too high and too low. */
    @Test
    void saysHowManyDoNotAddUp() {
        tally.add(Counter.EVENTS_READ, 10);
        tally.add(Counter.EVENTS_DECODED, 7);
        tally.add(Counter.EVENTS_REJECTED, 3);
        tally.add(Counter.READINGS_DECODED, 20);
        tally.add(Counter.READINGS_ACCEPTED, 15);
        tally.add(Counter.READINGS_REJECTED, 5);
        tally.add(Counter.rejected(Reason.MALFORMED), 3);
        tally.add(Counter.rejected(Reason.LATE), 5);
        assertThat(tally.unaccounted()).isZero();
        tally.add(Counter.FILES_ANNOUNCED, 10);
        tally.add(Counter.FILES_READ, 4);
        tally.add(Counter.FILES_REPEATED, 3);
        tally.add(Counter.FILES_REJECTED, 2);
        tally.add(Counter.FILES_IGNORED, 1);
        assertThat(tally.unaccounted()).isZero();
        unaccounted(Counter.FILES_ANNOUNCED);
        unaccounted(Counter.FILES_READ);
        unaccounted(Counter.FILES_REPEATED);
        unaccounted(Counter.FILES_REJECTED);
        unaccounted(Counter.FILES_IGNORED);
        unaccounted(Counter.EVENTS_READ);
        unaccounted(Counter.EVENTS_DECODED);
        unaccounted(Counter.READINGS_DECODED);
        unaccounted(Counter.READINGS_ACCEPTED);
        unaccounted(Counter.rejected(Reason.SPIKE));
        tally.add(Counter.EVENTS_REJECTED, 2);
        assertThat(tally.unaccounted()).as("of events and of reasons").isEqualTo(4);
        tally.add(Counter.EVENTS_REJECTED, -2);
        tally.add(Counter.READINGS_REJECTED, 2);
        assertThat(tally.unaccounted()).as("of readings and of reasons").isEqualTo(4);
    }

    private void unaccounted(Counter counter) {
        tally.add(counter, 2);
        assertThat(tally.unaccounted()).as("%s", counter).isEqualTo(2);
        tally.add(counter, -4);
        assertThat(tally.unaccounted()).as("%s", counter).isEqualTo(2);
        tally.add(counter, 2);
    }
}
