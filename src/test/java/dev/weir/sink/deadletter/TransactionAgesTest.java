package dev.weir.sink.deadletter;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.config.TransactionLife;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

/** Transactions of 900 s; a checkpoint takes 120 s at most and a restart 180: at 600 s one is too old to begin another checkpoint. */
class TransactionAgesTest {
    private static final TransactionLife LIFE = new TransactionLife(
            Duration.ofSeconds(10),
            Duration.ofSeconds(2),
            Duration.ofSeconds(120),
            2,
            Duration.ofSeconds(180),
            Duration.ofSeconds(900));

    private long steadySeconds = -5_000;
    private long wallSeconds = 1_700_000_000;
    private final TransactionAges ages =
            new TransactionAges(LIFE, () -> steadySeconds * 1_000_000_000, () -> wallSeconds * 1_000);

    @Test
    void aTransactionIsAsOldAsItsFirstLetter() {
        pass(1_000);
        ages.writing();
        pass(599);
        ages.writing();
        assertPasses("t1");

        pass(1);
        assertTooOld("t1").hasMessageContaining("a transaction of dead letters is 600000 ms old");
    }

    /** The first checkpoint after it times out, elsewhere, and so does each later one. */
    @Test
    void aTransactionThatWaitsForItsCheckpointAgesToo() {
        ages.writing();
        assertPasses("t1");
        pass(400);
        ages.writing();
        assertPasses("t1", "t2");

        pass(200);
        ages.writing();
        assertFails("t1", "t2", "t3").hasMessageContaining("600000 ms old");
    }

    @Test
    void aCommittedTransactionDoesNotCount() throws IOException {
        ages.writing();
        assertPasses("t1");
        pass(400);
        ages.writing();
        assertPasses("t2");

        pass(599);
        ages.requireYoung(Set.of("t2"));
    }

    @Test
    void aTransactionWithoutLettersDoesNotAge() {
        ages.begun();
        pass(2_000);
        ages.writing();
        assertPasses("t1");
    }

    @Test
    void theTimeThatAMachineSleepsCountsByTheWallClock() {
        ages.writing();
        wallSeconds += 600;
        assertFails("t1");
    }

    @Test
    void aWallClockThatIsSetBackHidesNothing() {
        ages.writing();
        steadySeconds += 600;
        wallSeconds -= 86_400;
        assertFails("t1");
    }

    @Test
    void theMessageSaysWhatTheJobDoesAndWhatHelps() {
        ages.writing();
        pass(600);
        assertFails("t1")
                .hasMessageStartingWith("weir.kafka.properties.transaction.timeout.ms is 900000, ")
                .hasMessageContaining("restarts from the checkpoint before and writes them again")
                .hasMessageContaining("lower execution.checkpointing.timeout to");
    }

    private void pass(long seconds) {
        steadySeconds += seconds;
        wallSeconds += seconds;
    }

    /** A barrier passes: the newest of the ids is the transaction that it ends. */
    private void barrier(String... uncommitted) throws IOException {
        ages.precommitted(uncommitted[uncommitted.length - 1]);
        ages.begun();
        ages.requireYoung(Set.of(uncommitted));
    }

    private void assertPasses(String... uncommitted) {
        assertThatCode(() -> barrier(uncommitted)).doesNotThrowAnyException();
    }

    /** As after the end of the input: nothing is prepared any more. */
    private AbstractThrowableAssert<?, ?> assertTooOld(String uncommitted) {
        return assertThatThrownBy(() -> ages.requireYoung(Set.of(uncommitted))).isInstanceOf(IOException.class);
    }

    private AbstractThrowableAssert<?, ?> assertFails(String... uncommitted) {
        return assertThatThrownBy(() -> barrier(uncommitted)).isInstanceOf(IOException.class);
    }
}
