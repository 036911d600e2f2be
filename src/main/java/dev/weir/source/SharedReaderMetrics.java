package dev.weir.source;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.connector.kafka.source.metrics.KafkaSourceReaderMetrics;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.TopicPartition;

/**
 * The connector's metrics for a reader with two consumers, whose threads report at the same time: one reads records, the other one
 * announcements. Bytes and pending records are those of both. What Kafka itself measures in a consumer is shown of the first one.
 */
final class SharedReaderMetrics extends KafkaSourceReaderMetrics {
    private final Counter bytesIn;
    private final Set<TopicPartition> registered = new HashSet<>();
    private final List<Metric> bytesConsumed = new ArrayList<>();
    private double counted;
    private boolean consumerShown;

    SharedReaderMetrics(SourceReaderMetricGroup group) {
        super(group);
        bytesIn = group.getIOMetricGroup().getNumBytesInCounter();
    }

    @Override
    public synchronized void registerTopicPartition(TopicPartition partition) {
        if (registered.add(partition)) {
            super.registerTopicPartition(partition);
        }
    }

    @Override
    public synchronized void maybeAddRecordsLagMetric(KafkaConsumer<?, ?> consumer, TopicPartition partition) {
        super.maybeAddRecordsLagMetric(consumer, partition);
    }

    @Override
    public synchronized void removeRecordsLagMetric(TopicPartition partition) {
        super.removeRecordsLagMetric(partition);
    }

    @Override
    public synchronized void registerKafkaConsumerMetrics(KafkaConsumer<?, ?> consumer) {
        if (!consumerShown) {
            consumerShown = true;
            super.registerKafkaConsumerMetrics(consumer);
        }
    }

    @Override
    public synchronized void registerNumBytesIn(KafkaConsumer<?, ?> consumer) {
        consumer.metrics().forEach((name, metric) -> {
            if (name.group().equals(CONSUMER_FETCH_MANAGER_GROUP)
                    && name.name().equals(BYTES_CONSUMED_TOTAL)
                    && !name.tags().containsKey("topic")) {
                bytesConsumed.add(metric);
            }
        });
    }

    @Override
    public synchronized void updateNumBytesInCounter() {
        double now = bytesConsumed.stream()
                .mapToDouble(metric -> ((Number) metric.metricValue()).doubleValue())
                .sum();
        bytesIn.inc((long) (now - counted));
        counted = now;
    }
}
