package dev.weir.sink.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.sink.postgres.AggregateOrder.Rank;
import java.util.List;
import org.junit.jupiter.api.Test;

class AggregateOrderTest {

    /**
     * Ascending. A whole row stands over a partial one, whatever the generation. Among whole rows the generation
     * decides, then the revision; among partial ones the revision, then the generation.
     */
    @Test
    void wholeThenGenerationThenRevision() {
        List<Rank> ascending = List.of(
                new Rank(true, 1, 1),
                new Rank(true, 2, 1),
                new Rank(true, 1, 2),
                new Rank(true, 9, 2),
                new Rank(false, 1, 1),
                new Rank(false, 1, 2),
                new Rank(false, 2, 1),
                new Rank(false, 2, 9));
        for (int i = 0; i < ascending.size(); i++) {
            for (int j = 0; j < ascending.size(); j++) {
                assertThat(Integer.signum(ascending.get(i).compareTo(ascending.get(j))))
                        .as("%s and %s", ascending.get(i), ascending.get(j))
                        .isEqualTo(Integer.compare(i, j));
            }
        }
    }
}
