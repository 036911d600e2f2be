package dev.weir.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Writes events as plain Avro bodies of {@code src/test/resources/bench/reading.avsc}. */
final class AvroText implements EventText {
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();
    private final BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(buffer, null);

    @Override
    public void write(byte[] sensorId, int sensor, int metric, long eventTimeMillis, Value value, long hundredths) {
        buffer.reset();
        try {
            out.writeIndex(sensorId == null ? 0 : 1);
            if (sensorId != null) {
                out.writeBytes(sensorId);
            }
            out.writeString(SensorFleet.name(metric));
            out.writeLong(eventTimeMillis);
            out.writeIndex(value == Value.NUMBER ? 1 : 0);
            if (value == Value.NUMBER) {
                out.writeDouble(hundredths / 100.0);
            }
            out.writeString(SensorFleet.unit(metric));
            out.writeString(SensorFleet.site(sensor));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int length() {
        return buffer.size();
    }

    @Override
    public byte[] copy(int bytes) {
        return Arrays.copyOf(buffer.toByteArray(), bytes);
    }
}
