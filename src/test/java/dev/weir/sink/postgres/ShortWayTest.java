package dev.weir.sink.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShortWayTest {
    private final ShortWay way = new ShortWay();

    @Test
    void isTriedAtOnceAndAfterEverySuccess() {
        for (int i = 0; i < 10; i++) {
            assertThat(way.tryNow()).isTrue();
            way.arrived();
        }
    }

    @Test
    void isLeftOutForTwiceAsLongAfterEachTimeInVainUpToABound() {
        assertThat(way.tryNow()).isTrue();
        for (int pause : new int[] {1, 2, 4, 8, 16, 32, 64, 64, 64}) {
            way.inVain();
            assertThat(transactionsUntilTried()).isEqualTo(pause);
        }
        for (int i = 0; i < 3; i++) {
            way.arrived();
        }
        way.inVain();
        assertThat(transactionsUntilTried()).as("after three successes").isEqualTo(16);
    }

    private int transactionsUntilTried() {
        int closed = 0;
        while (!way.tryNow()) {
            closed++;
        }
        return closed;
    }
}
