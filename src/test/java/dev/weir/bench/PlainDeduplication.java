package dev.weir.bench;

import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** The first reading of each event time passes. Times are forgotten by state TTL, which the compaction of RocksDB applies for nothing. */
class PlainDeduplication extends KeyedProcessFunction<Tuple2<String, String>, PlainReading, PlainReading> {
    private final Duration keep;
    private transient MapState<Long, Boolean> seen;

    PlainDeduplication(Duration lateness) {
        // By the wall clock: room for a standstill.
        this.keep = lateness.multipliedBy(30);
    }

    @Override
    public void open(OpenContext context) {
        MapStateDescriptor<Long, Boolean> descriptor = new MapStateDescriptor<>("seen", Types.LONG, Types.BOOLEAN);
        descriptor.enableTimeToLive(StateTtlConfig.newBuilder(keep)
                .cleanupInRocksdbCompactFilter(1_000)
                .build());
        seen = getRuntimeContext().getMapState(descriptor);
    }

    @Override
    public void processElement(PlainReading reading, Context context, Collector<PlainReading> out) throws Exception {
        if (!seen.contains(reading.eventTime)) {
            seen.put(reading.eventTime, true);
            out.collect(reading);
        }
    }
}
