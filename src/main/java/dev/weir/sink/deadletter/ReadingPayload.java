package dev.weir.sink.deadletter;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.weir.core.model.Reading;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Formats the value of a dead letter that carries a reading instead of the event's bytes. */
final class ReadingPayload {
    private static final JsonFactory JSON = new JsonFactory();

    /** Returns one JSON object in UTF-8 with all seven fields; {@code event_time} is in epoch microseconds. */
    static byte[] json(Reading reading) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("sensor_id", reading.series().sensorId());
            json.writeStringField("metric", reading.series().metric());
            json.writeNumberField("event_time", reading.eventTimeMicros());
            json.writeNumberField("value", reading.value());
            json.writeStringField("unit", reading.unit());
            json.writeStringField("site", reading.site());
            json.writeNumberField("quality", reading.quality());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // Writing to memory does not fail.
        }
        return bytes.toByteArray();
    }

    private ReadingPayload() {}
}
