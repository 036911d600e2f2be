package dev.weir.source;

import dev.weir.config.WeirConfig;
import dev.weir.failure.RefusedException;
import org.apache.kafka.common.TopicPartition;

/**
 * Refuses to read on where positions and topic do not belong together. Going on would skip the first records of a topic that
 * was made anew, or read it from its beginning with the positions of another, and no count would show it.
 */
record TopicIds(WeirConfig.Kafka kafka) {
    private static final String CURE =
            ". What can be done: start without state and with weir.kafka.start: earliest, which begins a new generation on the"
                    + " same lake and reads the topic from its beginning; or keep the state, delete this topic, send its records to a topic"
                    + " with a new name and read that instead (docs/upgrading.md, \"A topic made anew\")";

    /**
     * Returns normally if the topic is the one that is known, or if either id is null.
     *
     * @throws RefusedException otherwise; fails the job without a restart
     */
    void require(String topic, String known, String now) {
        if (known != null && now != null && !known.equals(now)) {
            throw new RefusedException(option() + ": " + topic
                    + " is not the topic that the state's positions belong to: it was deleted and made anew (topic id "
                    + now
                    + ", in the state " + known + ")" + CURE);
        }
    }

    /** The partition ends before the position. */
    RefusedException beyondTheEnd(TopicPartition partition, long position, long end) {
        return new RefusedException(option() + ": the position in partition " + partition.partition() + " of "
                + partition.topic() + " is " + position + ", but the partition ends at " + end
                + ": the topic was deleted and made anew, or the brokers have lost records that were read (a disk that was"
                + " set back, an unclean leader election)" + CURE);
    }

    /** The brokers have lost records before the position, and do not know which. */
    RefusedException cutBack(TopicPartition partition, long position) {
        return new RefusedException(option() + ": the brokers have lost records of partition " + partition.partition()
                + " of " + partition.topic() + " that were read, before offset " + position
                + ", and cannot say from where on (an unclean leader election)" + CURE);
    }

    private String option() {
        return kafka.topicPattern() == null ? "weir.kafka.topics" : "weir.kafka.topic-pattern";
    }
}
