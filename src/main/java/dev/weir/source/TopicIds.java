package dev.weir.source;

import dev.weir.config.WeirConfig;
import dev.weir.failure.RefusedException;
import org.apache.kafka.common.TopicPartition;

/**
 * Refuses to read when a position does not belong to the present topic. Reading on would skip the first records of a
 * recreated topic, or read it from its beginning under the positions of another one, and no counter would show it.
 */
record TopicIds(WeirConfig.Kafka kafka) {
    private static final String CURE =
            ". What can be done: start without state and with weir.kafka.start: earliest, which begins a new generation on the"
                    + " same lake and reads the topic from its beginning; or keep the state, delete this topic, send its records to a topic"
                    + " with a new name and read that instead (docs/upgrading.md, \"A topic made anew\")";

    /**
     * Checks that both ids are equal. Passes if either is null.
     *
     * @throws RefusedException if they differ; fails the job without a restart
     */
    void require(String topic, String known, String now) {
        if (known != null && now != null && !known.equals(now)) {
            throw new RefusedException(option() + ": " + topic
                    + " is not the topic that the state's positions belong to: it was deleted and made anew (topic id "
                    + now
                    + ", in the state " + known + ")" + CURE);
        }
    }

    /** Returns the refusal for a position beyond the partition's end. */
    RefusedException beyondTheEnd(TopicPartition partition, long position, long end) {
        return new RefusedException(option() + ": the position in partition " + partition.partition() + " of "
                + partition.topic() + " is " + position + ", but the partition ends at " + end
                + ": the topic was deleted and made anew, or the brokers have lost records that were read (a disk that was"
                + " set back, an unclean leader election)" + CURE);
    }

    /** Returns the refusal for records that the brokers lost before the position, when they cannot say which. */
    RefusedException cutBack(TopicPartition partition, long position) {
        return new RefusedException(option() + ": the brokers have lost records of partition " + partition.partition()
                + " of " + partition.topic() + " that were read, before offset " + position
                + ", and cannot say from where on (an unclean leader election)" + CURE);
    }

    private String option() {
        return kafka.topicPattern() == null ? "weir.kafka.topics" : "weir.kafka.topic-pattern";
    }
}
