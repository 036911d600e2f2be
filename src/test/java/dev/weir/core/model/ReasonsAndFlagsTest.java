package dev.weir.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.weir.books.Summary;
import dev.weir.core.model.Reason.Level;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Derives from {@link Reason} and {@link Flag} what is counted and shown of each: a new constant needs no other entry. The
 * names and bits that users have already are pinned: a constant may be added, none may change.
 */
class ReasonsAndFlagsTest {

    @Test
    void everyReasonAndFlagHasACounterOfItsOwn() {
        Stream<String> rejected = Arrays.stream(Reason.values()).map(reason -> "rejected." + reason);
        Stream<String> flagged = Arrays.stream(Flag.values()).map(flag -> "flagged." + flag.reason());

        assertThat(Counter.values().subList(14, Counter.values().size()))
                .extracting(Counter::label)
                .containsExactlyElementsOf(Stream.concat(rejected, flagged).toList());
        assertThat(Reason.values())
                .allSatisfy(
                        reason -> assertThat(Counter.rejected(reason).label()).isEqualTo("rejected." + reason));
        assertThat(Flag.values())
                .allSatisfy(flag -> assertThat(Counter.flagged(flag).label()).isEqualTo("flagged." + flag.reason()));
    }

    @Test
    void aTallyTellsEveryCounterApart() {
        Tally tally = new Tally();
        long times = 0;
        for (Counter counter : Counter.values()) {
            tally.add(counter, ++times);
        }
        times = 0;
        for (Counter counter : Counter.values()) {
            assertThat(tally.get(counter)).as(counter.label()).isEqualTo(++times);
            assertThat(Counter.ofLabel(counter.label())).isSameAs(counter);
        }
    }

    @Test
    void aTallyCountsEveryFlagOfAnAcceptedReading() {
        for (Flag flag : Flag.values()) {
            Tally tally = new Tally();
            tally.accepted(flag.bit());
            for (Flag other : Flag.values()) {
                assertThat(tally.get(Counter.flagged(other))).isEqualTo(other == flag ? 1 : 0);
            }
        }
        Tally tally = new Tally();
        tally.accepted(Arrays.stream(Flag.values()).mapToInt(Flag::bit).sum());
        assertThat(Flag.values())
                .allSatisfy(flag -> assertThat(tally.get(Counter.flagged(flag))).isOne());
        assertThat(tally.get(Counter.READINGS_FLAGGED)).isOne();
    }

    @Test
    void theSummaryShowsEveryReasonAndFlag() {
        Map<String, Long> books = new HashMap<>();
        Counter.values().forEach(counter -> books.put(counter.label(), 1L));

        assertThat(Summary.verdicts(books))
                .extracting(row -> row[0])
                .containsSubsequence(Arrays.stream(Flag.values())
                        .map(flag -> "      " + flag.reason())
                        .toList())
                .containsSubsequence(Arrays.stream(Reason.values())
                        .map(reason -> "    " + reason)
                        .toList());
    }

    @Test
    void theKeysOfTheFlagsInTheCatalogStay() {
        assertThat(Flag.values()).extracting(Flag::key).contains("out-of-range", "spike", "stuck");
        assertThat(Flag.values()).filteredOn(Flag::isDefault).containsExactly(Flag.STUCK);
    }

    @Test
    void everyReasonIsOfALevel() {
        assertThat(Reason.values())
                .allSatisfy(reason -> assertThat(Level.values()).anyMatch(reason::isOf));
    }

    @Test
    void everyFlagHasABitAndAReasonOfItsOwn() {
        assertThat(Arrays.stream(Flag.values()).map(Flag::bit)).doesNotHaveDuplicates();
        assertThat(Arrays.stream(Flag.values()).map(Flag::reason)).doesNotHaveDuplicates();
        assertThat(Flag.values()).allSatisfy(flag -> {
            assertThat(Integer.bitCount(flag.bit())).isOne();
            assertThat(flag.isIn(Quality.TIME_COMES_TWICE)).isFalse();
        });
    }

    /** A counter that users read may not vanish or change; further ones may come anywhere. */
    @Test
    void theCountersOfTheFirstReleaseStay() {
        assertThat(Counter.values())
                .extracting(Counter::label)
                .containsSubsequence(
                        "events.read",
                        "events.decoded",
                        "events.rejected",
                        "events.empty",
                        "offsets.lost",
                        "readings.decoded",
                        "readings.accepted",
                        "readings.flagged",
                        "readings.rejected",
                        "rejected.MALFORMED",
                        "rejected.MISSING_FIELD",
                        "rejected.WRONG_TYPE",
                        "rejected.NON_FINITE",
                        "rejected.UNKNOWN_METRIC",
                        "rejected.UNIT_MISMATCH",
                        "rejected.OUT_OF_RANGE",
                        "rejected.ANCIENT_TIMESTAMP",
                        "rejected.FUTURE_TIMESTAMP",
                        "rejected.LATE",
                        "rejected.DUPLICATE",
                        "rejected.RATE_LIMITED",
                        "rejected.SPIKE",
                        "rejected.STUCK",
                        "flagged.OUT_OF_RANGE",
                        "flagged.SPIKE",
                        "flagged.STUCK");
    }

    /** Rows in the lake and dead letters have them. */
    @Test
    void theBitsOfTheFirstReleaseStay() {
        Map<Reason, Integer> bits = new HashMap<>();
        for (Flag flag : Flag.values()) {
            bits.put(flag.reason(), flag.bit());
        }
        assertThat(bits).contains(entry(Reason.OUT_OF_RANGE, 1), entry(Reason.SPIKE, 2), entry(Reason.STUCK, 4));
    }

    /** Each is the label of a metric that exists from the start, also at 0. */
    @Test
    void theReasonsOfEachLevelStay() {
        assertThat(names(Level.EVENT)).contains("MALFORMED", "MISSING_FIELD", "WRONG_TYPE");
        assertThat(names(Level.READING))
                .contains(
                        "MISSING_FIELD",
                        "WRONG_TYPE",
                        "NON_FINITE",
                        "UNKNOWN_METRIC",
                        "UNIT_MISMATCH",
                        "OUT_OF_RANGE",
                        "ANCIENT_TIMESTAMP",
                        "FUTURE_TIMESTAMP");
        assertThat(names(Level.SERIES)).contains("LATE", "DUPLICATE", "RATE_LIMITED", "SPIKE", "STUCK");
    }

    private static List<String> names(Level level) {
        return Reason.ofLevel(level).stream().map(Reason::name).toList();
    }
}
