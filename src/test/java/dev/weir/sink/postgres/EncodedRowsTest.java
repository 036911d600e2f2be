package dev.weir.sink.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.model.Aggregate;
import dev.weir.core.model.SeriesKey;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class EncodedRowsTest {
    private final EncodedRows rows = new EncodedRows();

    @Test
    void pagesAreUsedAgain() throws IOException {
        rows.add(withSite("x"));
        byte[] page = rows.page(0);
        long bytes = rows.bytes();

        rows.clear();
        assertThat(rows.bytes()).isZero();
        rows.add(withSite("y"));

        assertThat(rows.page(0)).isSameAs(page);
        assertThat(rows.begin(0)).isZero();
        assertThat(rows.bytes()).isEqualTo(bytes);
    }

    /** Or one long row for each of the pages would be enough to take a multiple of the budget for ever. */
    @Test
    void aPageThatALongRowMadeGrowIsNotKept() throws IOException {
        rows.add(withSite("x"));
        int usual = rows.page(0).length;
        rows.add(withSite("x".repeat(usual)));
        assertThat(rows.page(0).length).isGreaterThan(usual);

        rows.clear();
        rows.add(withSite("x"));

        assertThat(rows.page(0)).hasSize(usual);
    }

    @Test
    void aFullPageIsFollowedByAnother() throws IOException {
        rows.add(withSite("x"));
        int usual = rows.page(0).length;
        for (int i = 1; i * rows.length(0) < 3 * usual; i++) {
            rows.add(withSite("x"));
        }

        assertThat(rows.page(0)).hasSize(usual);
        assertThat(rows.page(rows.count() - 1)).hasSize(usual).isNotSameAs(rows.page(0));
    }

    @Test
    void someRowsAreCopiedToPagesOfTheirOwn() throws IOException {
        for (int i = 0; i < 10; i++) {
            rows.add(withSite("x".repeat(i)));
        }
        EncodedRows only = rows.only(new int[] {7, 2});

        assertThat(only.count()).isEqualTo(2);
        assertThat(only.length(0)).isEqualTo(rows.length(7));
        assertThat(only.length(1)).isEqualTo(rows.length(2));
        assertThat(only.bytes())
                .isEqualTo(rows.bytes(new int[] {7, 2}))
                .isEqualTo(rows.length(7) + rows.length(2) + 2L * Long.BYTES);
    }

    @Test
    void countsTheBytesOfEachRow() throws IOException {
        rows.add(withSite("x"));
        rows.add(withSite("yz"));
        assertThat(rows.bytes()).isEqualTo(rows.length(0) + rows.length(1) + 2L * Long.BYTES);
    }

    /** Windows before 1970 have a start below zero. */
    @Test
    void keysCompareAsNumbersWithASign() throws IOException {
        long[] starts = {-60_000_000L, 0, 60_000_000L};
        for (long start : starts) {
            rows.add(row("x", start));
        }
        EncodedKey one = new EncodedKey();
        EncodedKey other = new EncodedKey();
        for (int i = 1; i < starts.length; i++) {
            one.set(rows, i - 1);
            other.set(rows, i);
            int at = one.mismatch(other, 0, one.length());
            assertThat(one.letter(at)).isLessThan(other.letter(at));
        }
    }

    private static Aggregate withSite(String site) {
        return row(site, 0);
    }

    private static Aggregate row(String site, long windowStart) {
        return Aggregate.builder()
                .series(new SeriesKey("s", "m"))
                .windowSeconds(60)
                .windowStartMicros(windowStart)
                .site(site)
                .count(1)
                .sum(1)
                .min(1)
                .max(1)
                .mean(1)
                .firstValue(1)
                .lastValue(1)
                .generation(1)
                .build();
    }
}
