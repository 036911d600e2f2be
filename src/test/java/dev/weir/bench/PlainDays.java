package dev.weir.bench;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.functions.sink.filesystem.BucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.SimpleVersionedStringSerializer;

/** Days by event time. It remembers the last one: formatting each time would be the most of it. */
class PlainDays implements BucketAssigner<PlainReading, String> {
    private static final long DAY_MILLIS = 86_400_000;

    private transient long day;
    private transient String bucket;

    @Override
    public String getBucketId(PlainReading reading, Context context) {
        long of = Math.floorDiv(reading.eventTime, DAY_MILLIS);
        if (bucket == null || of != day) {
            day = of;
            bucket = DateTimeFormatter.ofPattern("'year='yyyy'/month='MM'/day='dd")
                    .withZone(ZoneOffset.UTC)
                    .format(Instant.ofEpochMilli(reading.eventTime));
        }
        return bucket;
    }

    @Override
    public SimpleVersionedSerializer<String> getSerializer() {
        return SimpleVersionedStringSerializer.INSTANCE;
    }
}
