package dev.weir.sink.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.metrics.SinkMetrics;
import dev.weir.testing.LogLines;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.Committer.CommitRequest;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The attempt began with checkpoint 5; each transaction holds 12 letters. */
class DeadLetterCommitterTest {
    private static final long RESTORED = 5;
    private static final ProducerFencedException FENCED = new ProducerFencedException("fenced");

    private final Counter lettersLost = new SimpleCounter();
    private final List<String> connector = new ArrayList<>();
    private Fate fate = Fate.UNKNOWN;
    /** What the connector signals; null: it commits. */
    private Exception answer;

    @Test
    void aRepeatedCommitAfterARestartNeitherReachesTheConnectorNorCountsAsAFailure() throws Exception {
        fate = Fate.COMMITTED;
        answer = FENCED;
        try (LogLines log = LogLines.of("dev.weir.sink.deadletter")) {
            Asked asked = commit(5);

            assertThat(connector).isEmpty();
            assertThat(asked.signals).containsExactly("already committed");
            assertThat(log.of(Level.ERROR)).isEmpty();
        }
        assertThat(lettersLost.getCount()).isZero();
    }

    @Test
    void anOpenTransactionOfARestoredCheckpointIsCommitted() throws Exception {
        fate = Fate.OPEN;

        assertThat(commit(5).signals).isEmpty();
        assertThat(connector).containsExactly("kilns-dead-letters-0-5");
    }

    /** Its checkpoint has completed: no restart brings the letters back, so the job must not fail for ever. */
    @Test
    void anAbortedTransactionOfARestoredCheckpointIsCountedAndTheJobGoesOn() throws Exception {
        fate = Fate.ABORTED;
        try (LogLines log = LogLines.of("dev.weir.sink.deadletter")) {
            assertThat(commit(5).signals).containsExactly("failed: LostLettersException");

            assertThat(log.of(Level.ERROR))
                    .singleElement()
                    .asString()
                    .contains("Dead letters are lost: 12 of transaction kilns-dead-letters-0-5", "operating.md");
        }
        assertThat(connector).isEmpty();
        assertThat(lettersLost.getCount()).isEqualTo(12);
    }

    @Test
    void aTransactionOfThisAttemptThatTheBrokerHasAbortedFailsTheJob() {
        fate = Fate.ABORTED;
        answer = FENCED;

        assertThatThrownBy(() -> commit(6))
                .hasCauseInstanceOf(LostLettersException.class)
                .hasRootCauseInstanceOf(ProducerFencedException.class);
        assertThat(lettersLost.getCount()).as("the next attempt counts it").isZero();
    }

    /** A second job of the name has begun another transaction: after a restart nobody could tell that this one was not committed before. */
    @Test
    void aTransactionOfThisAttemptThatAnotherProducerHasReplacedIsCountedAtOnce() throws Exception {
        fate = Fate.REPLACED;
        answer = FENCED;
        try (LogLines log = LogLines.of("dev.weir.sink.deadletter")) {
            assertThat(commit(6).signals).containsExactly("failed: LostLettersException");
            assertThat(log.of(Level.ERROR)).hasSize(1);
        }
        assertThat(lettersLost.getCount()).isEqualTo(12);
    }

    @Test
    void aCommitWhoseAnswerWasLostIsACommit() throws Exception {
        fate = Fate.COMMITTED;
        answer = FENCED;

        assertThat(commit(6).signals).containsExactly("already committed");
    }

    @Test
    void theBrokerIsNotAskedWhereACommitOfThisAttemptSucceeds() throws Exception {
        fate = null;

        assertThat(commit(6).signals).isEmpty();
    }

    @Test
    void aStartFromAStateThatIsOlderThanTheBrokersMemoryGoesOn() throws Exception {
        fate = Fate.FORGOTTEN;
        try (LogLines log = LogLines.of("dev.weir.sink.deadletter")) {
            assertThat(commit(5).signals).containsExactly("failed: InvalidPidMappingException");
            assertThat(log.of(Level.ERROR))
                    .singleElement()
                    .asString()
                    .contains("does not know transaction kilns-dead-letters-0-5 any more");
        }
        assertThat(lettersLost.getCount()).isZero();
    }

    /** As where the broker may not be asked. */
    @Test
    void soItDoesWhereOnlyTheCommitSaysThatTheIdIsForgotten() throws Exception {
        answer = new InvalidPidMappingException("no such id");

        assertThat(commit(5).signals).containsExactly("failed: InvalidPidMappingException");
    }

    /** It may have been committed before the other producer came: the state is older than that. */
    @Test
    void aReplacedTransactionOfARestoredCheckpointIsAFailedCommitAndAnError() throws Exception {
        fate = Fate.REPLACED;
        answer = FENCED;
        try (LogLines log = LogLines.of("dev.weir.sink.deadletter")) {
            assertThat(commit(5).signals).containsExactly("failed: ProducerFencedException");
            assertThat(log.of(Level.ERROR)).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Fate.class,
            names = {"OPEN", "FORGOTTEN", "UNKNOWN"})
    void whatCannotBeExplainedIsAFailedCommitAndAnError(Fate unexplained) throws Exception {
        fate = unexplained;
        answer = FENCED;
        try (LogLines log = LogLines.of("dev.weir.sink.deadletter")) {
            assertThat(commit(6).signals).containsExactly("failed: ProducerFencedException");
            assertThat(log.of(Level.ERROR)).hasSize(1);
        }
    }

    @Test
    void anyOtherErrorFailsTheJobAsBefore() {
        answer = new IllegalStateException("odd");

        assertThatThrownBy(() -> commit(5)).hasRootCauseMessage("odd");
    }

    private Asked commit(long checkpoint) throws Exception {
        Asked asked = new Asked(
                new Transaction(new KafkaCommittable(7, (short) 3, "kilns-dead-letters-0-" + checkpoint, null), 12));
        try (DeadLetterCommitter committer = new DeadLetterCommitter(
                new Connector(),
                transaction -> fate,
                new SinkMetrics(new UnregisteredMetricsGroup(), System::nanoTime),
                lettersLost,
                RESTORED)) {
            committer.commit(List.of(asked));
        }
        return asked;
    }

    private final class Connector implements Committer<KafkaCommittable> {
        @Override
        public void commit(Collection<CommitRequest<KafkaCommittable>> requests) {
            for (CommitRequest<KafkaCommittable> request : requests) {
                connector.add(request.getCommittable().getTransactionalId());
                if (answer instanceof ProducerFencedException) {
                    request.signalFailedWithKnownReason(answer);
                } else if (answer != null) {
                    request.signalFailedWithUnknownReason(answer);
                }
            }
        }

        @Override
        public void close() {}
    }

    /** As Flink's own: what is not known fails the job. */
    private static final class Asked implements CommitRequest<Transaction> {
        private final Transaction transaction;
        private final List<String> signals = new ArrayList<>();

        Asked(Transaction transaction) {
            this.transaction = transaction;
        }

        @Override
        public Transaction getCommittable() {
            return transaction;
        }

        @Override
        public int getNumberOfRetries() {
            return 0;
        }

        @Override
        public void signalFailedWithKnownReason(Throwable reason) {
            signals.add("failed: " + reason.getClass().getSimpleName());
        }

        @Override
        public void signalFailedWithUnknownReason(Throwable reason) {
            throw new IllegalStateException("Failed to commit", reason);
        }

        @Override
        public void retryLater() {
            signals.add("retry");
        }

        @Override
        public void updateAndRetryLater(Transaction changed) {
            signals.add("retry");
        }

        @Override
        public void signalAlreadyCommitted() {
            signals.add("already committed");
        }
    }
}
