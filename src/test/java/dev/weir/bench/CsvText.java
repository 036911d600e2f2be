package dev.weir.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes events as CSV rows, without the line's end. */
final class CsvText implements EventText {
    static final String HEADER = "sensor_id,metric,event_time,value,unit,site";

    private final StringBuilder row = new StringBuilder();

    @Override
    public void write(byte[] sensorId, int sensor, int metric, long eventTimeMillis, Value value, long hundredths) {
        row.setLength(0);
        if (sensorId != null) {
            row.append(new String(sensorId, StandardCharsets.US_ASCII));
        }
        row.append(',')
                .append(SensorFleet.name(metric))
                .append(',')
                .append(eventTimeMillis)
                .append(',');
        if (value == Value.NUMBER) {
            row.append(hundredths / 100)
                    .append('.')
                    .append(hundredths % 100 < 10 ? "0" : "")
                    .append(hundredths % 100);
        }
        row.append(',').append(SensorFleet.unit(metric)).append(',').append(SensorFleet.site(sensor));
    }

    @Override
    public int length() {
        return row.length();
    }

    @Override
    public byte[] copy(int bytes) {
        return Arrays.copyOf(row.toString().getBytes(StandardCharsets.US_ASCII), bytes);
    }
}
