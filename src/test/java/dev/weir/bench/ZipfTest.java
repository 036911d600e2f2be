package dev.weir.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ZipfTest {
    @Test
    void drawsRanksAsOftenAsTheLawSays() {
        int ranks = 1_000;
        int draws = 400_000;
        Zipf zipf = new Zipf(ranks, 1.1);
        SplittableRandom random = new SplittableRandom(1);
        int[] seen = new int[ranks + 1];
        for (int i = 0; i < draws; i++) {
            seen[zipf.rank(random)]++;
        }
        double all = 0;
        for (int rank = 1; rank <= ranks; rank++) {
            all += Math.pow(rank, -1.1);
        }
        for (int rank : new int[] {1, 2, 3, 10, 100}) {
            double expected = Math.pow(rank, -1.1) / all;
            // Four standard deviations of that many draws.
            assertThat(seen[rank] / (double) draws)
                    .as("rank %d", rank)
                    .isEqualTo(expected, within(4 * Math.sqrt(expected / draws)));
        }
    }
}
