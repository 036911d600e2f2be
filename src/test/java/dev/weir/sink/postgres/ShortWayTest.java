package dev.weir.sink.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShortWayTest {
    private final ShortWay way = new ShortWay();

    @Test
    void isTriedAtOnceAndAfterEverySuccess() {
        for (int i = 0; i < 10; i++) {
            assertThat(way.isOpen()).isTrue();
            way.arrived();
        }
    }

    @Test
    void isLeftOutForTwiceAsLongAfterEachTimeInVainUpToABound() {
        assertThat(way.isOpen()).isTrue();
        for (int pause : new int[] {1, 2, 4, 8, 16, 32, 64, 64, 64}) {
            way.inVain();
            assertThat(transactionsUntilOpen()).isEqualTo(pause);
        }
        way.arrived();
        way.inVain();
        assertThat(transactionsUntilOpen()).as("after a success").isEqualTo(1);
    }

    private int transactionsUntilOpen() {
        int closed = 0;
        while (!way.isOpen()) {
            closed++;
        }
        return closed;
    }
}
