package dev.weir.sink.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class DirectCopyPolicyTest {
    private final DirectCopyPolicy directCopy = new DirectCopyPolicy();

    @Test
    void isTriedAtOnceAndAfterEverySuccess() {
        for (int i = 0; i < 10; i++) {
            assertThat(directCopy.tryNow()).isTrue();
            directCopy.succeeded();
        }
    }

    @Test
    void pausesForTwiceAsLongAfterEachFailureUpToABound() {
        assertThat(directCopy.tryNow()).isTrue();
        for (int pause : new int[] {1, 2, 4, 8, 16, 32, 64, 64, 64}) {
            directCopy.failed();
            assertThat(transactionsUntilTried()).isEqualTo(pause);
        }
        for (int i = 0; i < 3; i++) {
            directCopy.succeeded();
        }
        directCopy.failed();
        assertThat(transactionsUntilTried()).as("after three successes").isEqualTo(16);
    }

    /** 23505: the key exists; 0A000: row security. */
    @Test
    void onlyTheGuardedInsertMaySucceedNevertheless() {
        assertThat(DirectCopyPolicy.isBarred(new SQLException("x", "23505"))).isTrue();
        assertThat(DirectCopyPolicy.isBarred(new SQLException("x", "0A000"))).isTrue();
        assertThat(DirectCopyPolicy.isBarred(new SQLException("x", "23502"))).isFalse();
        assertThat(DirectCopyPolicy.isBarred(new SQLException("x"))).isFalse();
    }

    private int transactionsUntilTried() {
        int closed = 0;
        while (!directCopy.tryNow()) {
            closed++;
        }
        return closed;
    }
}
