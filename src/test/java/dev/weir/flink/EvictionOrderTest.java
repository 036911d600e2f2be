package dev.weir.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.model.SeriesKey;
import dev.weir.core.series.SeriesState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EvictionOrderTest {
    private final EvictionOrder order = new EvictionOrder();

    /** Of 40, a tenth may be newcomers: the others became residents as they were pushed on. */
    @Test
    void aNewcomerThatDidNotReturnLeavesFirst() {
        List<CachedSeries> all = added(40);
        assertThat(order.size()).isEqualTo(40);
        assertThat(order.leavingSoon(2)).containsExactly(all.get(36), all.get(37));
        assertThat(order.leavingSoon(100)).containsExactlyElementsOf(all.subList(36, 40));
        all.get(36).returned = true;
        all.get(36).lastUse = 1;
        assertThat(order.leavingSoon(2)).containsExactly(all.get(37));
        CachedSeries resident = order.removeNext();
        assertThat(all.subList(0, 37))
                .as("36 became a resident, and one of those left")
                .contains(resident)
                .last()
                .isNotSameAs(resident);
        assertThat(order.removeNext()).as("three are a tenth again").isSameAs(all.get(37));
        Set<CachedSeries> seen = new HashSet<>();
        order.forEach(seen::add);
        assertThat(order.size()).isEqualTo(38);
        assertThat(seen).hasSize(38).doesNotContain(all.get(37), resident);
    }

    /** Five are drawn of four residents, again and again: the one used last hardly ever leaves, the one used first soon. */
    @Test
    void ofSomeResidentsTheOneUsedLongestAgoLeaves() {
        List<CachedSeries> all = added(40);
        for (int i = 0; i < 40; i++) {
            all.get(i).lastUse = 1_000L - i;
        }
        List<Long> uses = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            CachedSeries left = order.removeNext();
            if (!all.subList(36, 40).contains(left)) {
                uses.add(left.lastUse);
            }
        }
        assertThat(uses).isNotEmpty().doesNotContain(1_000L);
        // The median of 36 is 982; the least of five is mostly far below.
        assertThat(uses.stream().mapToLong(Long::longValue).average().orElseThrow())
                .isLessThan(975);
    }

    @Test
    void theLastOneLeavesToo() {
        CachedSeries only = added(1).get(0);
        only.returned = true;
        assertThat(order.removeNext()).isSameAs(only);
        assertThat(order.size()).isZero();
    }

    /** Four rounds of the cache: 4 x 20 look-ups. */
    @Test
    void theHandFindsAResidentThatWasLeftAlone() {
        List<CachedSeries> all = added(20);
        for (CachedSeries series : all) {
            series.lastUse = 1_000;
        }
        all.get(5).lastUse = 900;
        List<CachedSeries> cold = new ArrayList<>();
        for (int i = 0; i < 18; i++) {
            CachedSeries found = order.nextCold(981);
            if (found != null) {
                cold.add(found);
            }
        }
        assertThat(cold).containsExactly(all.get(5));
        all.get(5).lastUse = 901;
        for (int i = 0; i < 36; i++) {
            assertThat(order.nextCold(981)).as("not longer than four rounds").isNull();
        }
        assertThat(new EvictionOrder().nextCold(981)).isNull();
    }

    /** Sixteen rounds of the cache: 16 x 20 look-ups. */
    @Test
    void aResidentThatIsColdForLongIsSilent() {
        CachedSeries cold = added(20).get(5);
        cold.lastUse = 900;
        assertThat(order.isSilent(cold, 1_220)).isFalse();
        assertThat(order.isSilent(cold, 1_221)).isTrue();
    }

    @Test
    void aResidentThatIsTakenOutGivesItsPlaceToTheLast() {
        List<CachedSeries> all = added(20);
        order.remove(all.get(3));
        assertThat(all.get(17).place).isEqualTo(3);
        order.remove(all.get(17));
        order.remove(all.get(16));
        assertThat(order.size()).isEqualTo(17);
        Set<CachedSeries> seen = new HashSet<>();
        order.forEach(seen::add);
        assertThat(seen).hasSize(17).doesNotContain(all.get(3), all.get(17), all.get(16));
    }

    private List<CachedSeries> added(int count) {
        List<CachedSeries> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(new CachedSeries(new SeriesKey("s-" + i, "m"), i, new SeriesState()));
            order.add(all.get(i));
        }
        return all;
    }
}
