package dev.weir.source;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Stands for a part of an announced file, in the place of the announcement. All that Kafka says of it is the announcement's. */
abstract class FileRecord extends ConsumerRecord<byte[], byte[]> {
    private final int file;
    private final String uri;

    /**
     * Creates the record.
     *
     * @param file index of the file in the announcement
     * @param uri null if the announcement names no file
     */
    FileRecord(ConsumerRecord<byte[], byte[]> announcement, int file, String uri) {
        super(
                announcement.topic(),
                announcement.partition(),
                announcement.offset(),
                announcement.timestamp(),
                announcement.timestampType(),
                announcement.serializedKeySize(),
                announcement.serializedValueSize(),
                announcement.key(),
                announcement.value(),
                announcement.headers(),
                announcement.leaderEpoch());
        this.file = file;
        this.uri = uri;
    }

    int file() {
        return file;
    }

    String uri() {
        return uri;
    }
}
