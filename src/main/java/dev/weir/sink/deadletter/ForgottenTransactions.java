package dev.weir.sink.deadletter;

import java.io.IOException;
import java.util.Collection;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A committer that counts a transaction whose id the broker has forgotten as failed, and goes on. A broker forgets an id that was not
 * used for {@code transactional.id.expiration.ms} (7 days), and another broker never knew it. Kafka's own committer fails the job, and
 * with it every start from a savepoint of that age. The transaction is committed, as a job that stopped with that savepoint has done
 * itself, or the broker has given it up long since.
 */
final class ForgottenTransactions implements Committer<KafkaCommittable> {
    private static final Logger LOG = LoggerFactory.getLogger(ForgottenTransactions.class);

    private final Committer<KafkaCommittable> kafka;

    ForgottenTransactions(Committer<KafkaCommittable> kafka) {
        this.kafka = kafka;
    }

    @Override
    public void commit(Collection<CommitRequest<KafkaCommittable>> requests) throws IOException, InterruptedException {
        kafka.commit(requests.stream()
                .<CommitRequest<KafkaCommittable>>map(Request::new)
                .toList());
    }

    @Override
    public void close() throws Exception {
        kafka.close();
    }

    private record Request(CommitRequest<KafkaCommittable> request) implements CommitRequest<KafkaCommittable> {

        @Override
        public KafkaCommittable getCommittable() {
            return request.getCommittable();
        }

        @Override
        public int getNumberOfRetries() {
            return request.getNumberOfRetries();
        }

        @Override
        public void signalFailedWithUnknownReason(Throwable failure) {
            if (failure instanceof InvalidPidMappingException) {
                LOG.error(
                        "The broker does not know transaction {} any more. Its dead letters are in the topic if the job"
                                + " that wrote the state has committed it, as one does that stops with a savepoint; else they are lost",
                        request.getCommittable().getTransactionalId());
                request.signalFailedWithKnownReason(failure);
            } else {
                request.signalFailedWithUnknownReason(failure);
            }
        }

        @Override
        public void signalFailedWithKnownReason(Throwable failure) {
            request.signalFailedWithKnownReason(failure);
        }

        @Override
        public void retryLater() {
            request.retryLater();
        }

        @Override
        public void updateAndRetryLater(KafkaCommittable committable) {
            request.updateAndRetryLater(committable);
        }

        @Override
        public void signalAlreadyCommitted() {
            request.signalAlreadyCommitted();
        }
    }
}
