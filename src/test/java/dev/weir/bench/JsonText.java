package dev.weir.bench;

import java.util.Arrays;

/** Writes events as JSON. */
final class JsonText implements EventText {
    private static final byte[] SENSOR = SensorFleet.bytes("{\"sensor_id\":\"");
    private static final byte[] AFTER_SENSOR_ID = SensorFleet.bytes("\",");
    private static final byte[] VALUE = SensorFleet.bytes(",\"value\":");
    private static final byte[] NULL = SensorFleet.bytes("null");

    private final byte[] buffer = new byte[512];
    private int length;

    @Override
    public void write(byte[] sensorId, int sensor, int metric, long eventTimeMillis, Value value, long hundredths) {
        length = 0;
        if (sensorId == null) {
            buffer[length++] = '{';
        } else {
            put(SENSOR);
            put(sensorId);
            put(AFTER_SENSOR_ID);
        }
        put(SensorFleet.afterSensor(metric));
        put(eventTimeMillis, 1);
        if (value != Value.ABSENT) {
            put(VALUE);
            if (value == Value.NULL) {
                put(NULL);
            } else {
                put(hundredths / 100, 1);
                buffer[length++] = '.';
                put(hundredths % 100, 2);
            }
        }
        put(SensorFleet.afterValue(metric, sensor));
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public byte[] copy(int bytes) {
        return Arrays.copyOf(buffer, bytes);
    }

    private void put(byte[] bytes) {
        System.arraycopy(bytes, 0, buffer, length, bytes.length);
        length += bytes.length;
    }

    private void put(long number, int minDigits) {
        int digits = minDigits;
        for (long rest = number / (minDigits == 1 ? 10 : 100); rest > 0; rest /= 10) {
            digits++;
        }
        long rest = number;
        for (int at = length + digits - 1; at >= length; at--) {
            buffer[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
    }
}
