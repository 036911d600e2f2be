package dev.weir.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.ClusterResource;
import org.apache.kafka.common.ClusterResourceListener;
import org.apache.kafka.common.TopicPartition;

/**
 * Tells {@link MetadataChanges} when a consumer gets new metadata and when it returns records. Only an interceptor of
 * the consumer hears of new metadata. The consumer creates it.
 */
public final class MetadataListener implements ConsumerInterceptor<byte[], byte[]>, ClusterResourceListener {
    private static final String CHANGES = "weir.metadata.changes";

    private MetadataChanges changes;

    /** Returns the client's properties with this listener added to the user's interceptors. */
    static Properties with(Properties client, MetadataChanges changes) {
        Properties listening = new Properties();
        listening.putAll(client);
        List<Object> interceptors = new ArrayList<>(List.of(MetadataListener.class));
        String own = client.getProperty(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, "");
        if (!own.isBlank()) {
            interceptors.addAll(List.of(own.trim().split("\\s*,\\s*")));
        }
        listening.put(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, interceptors);
        listening.put(CHANGES, changes);
        return listening;
    }

    @Override
    public void configure(Map<String, ?> properties) {
        changes = (MetadataChanges) properties.get(CHANGES);
    }

    @Override
    public void onUpdate(ClusterResource cluster) {
        changes.changed();
    }

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
        changes.fetched();
        return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void close() {}
}
