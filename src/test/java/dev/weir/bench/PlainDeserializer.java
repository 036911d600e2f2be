package dev.weir.bench;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.util.Map;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The plain job's: Jackson's data binding, and the checks that need no history. */
class PlainDeserializer implements KafkaRecordDeserializationSchema<PlainEvent> {
    private static final long FUTURE_SKEW_MILLIS = 5 * 60 * 1_000;

    private record Range(String unit, double min, double max) {}

    private static final Map<String, Range> RANGES = Map.of(
            "temperature", new Range("Cel", -40, 125),
            "humidity", new Range("%", 0, 100),
            "pressure", new Range("hPa", 300, 1_100),
            "voltage", new Range("V", 0, 300));

    private transient ObjectReader reader;

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        reader = new ObjectMapper()
                .readerFor(PlainReading.class)
                .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<PlainEvent> out) {
        PlainReading reading = null;
        String fault;
        try {
            reading = reader.readValue(record.value());
            fault = fault(reading, record.timestamp());
        } catch (IOException malformed) {
            fault = "MALFORMED";
        }
        out.collect(fault == null ? PlainEvent.of(reading) : PlainEvent.faulty(fault, record.key(), record.value()));
    }

    static String fault(PlainReading reading, long timestampMillis) {
        if (reading.sensorId == null || reading.metric == null || reading.eventTime == 0 || reading.value == null) {
            return "MISSING_FIELD";
        }
        Range range = RANGES.get(reading.metric);
        if (range == null) {
            return "UNKNOWN_METRIC";
        }
        if (!range.unit().equals(reading.unit)) {
            return "UNIT_MISMATCH";
        }
        if (!(reading.value >= range.min() && reading.value <= range.max())) {
            return "OUT_OF_RANGE";
        }
        return reading.eventTime > timestampMillis + FUTURE_SKEW_MILLIS ? "FUTURE_TIMESTAMP" : null;
    }

    @Override
    public TypeInformation<PlainEvent> getProducedType() {
        return TypeInformation.of(PlainEvent.class);
    }
}
