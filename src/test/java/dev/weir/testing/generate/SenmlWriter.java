package dev.weir.testing.generate;

import dev.weir.core.catalog.Input;
import dev.weir.core.catalog.Metric;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes messages as a pack of SenML whose names are {@code sensor:metric}. What they have in common is in base fields: the sensor, and
 * sometimes the first time, a unit, and a part of the values.
 */
final class SenmlWriter {
    private static final BigDecimal BASE_VALUE = new BigDecimal("100");

    private final SentValues values;

    SenmlWriter(Input input, Map<String, Metric> metrics) {
        this.values = new SentValues(input, metrics);
    }

    /** @param arrivalMillis the record's timestamp, epoch milliseconds, from which times may be relative */
    Sent write(List<Message> messages, long arrivalMillis) {
        List<Object> pack = new ArrayList<>();
        int dice = (int) Math.floorMod(arrivalMillis, 12L);
        boolean relative = dice % 4 == 0;
        BigDecimal baseTime = relative ? seconds(arrivalMillis) : BigDecimal.ZERO;
        if (dice == 1) {
            pack.add(new LinkedHashMap<>(Map.of("bver", 10)));
        }
        Object sensor = null;
        for (int i = 0; i < messages.size(); i++) {
            Message message = messages.get(i);
            Map<String, Object> record = new LinkedHashMap<>();
            if (i == 0 && dice % 3 == 1 && message.time instanceof Long millis && !relative) {
                baseTime = seconds(millis);
                record.put("bt", baseTime);
            }
            if (i == 0 && dice % 3 == 0) {
                record.put("bv", BASE_VALUE);
            }
            if (!message.sensor.equals(sensor)) {
                sensor = message.sensor;
                record.put("bn", sensor instanceof String || sensor instanceof Number ? sensor + ":" : named(sensor));
            }
            record.put("n", message.metric);
            record.put("u", message.unit);
            record.put(
                    "t", message.time instanceof Long millis ? seconds(millis).subtract(baseTime) : message.time);
            message.values.forEach((metric, value) -> record.put("v", value(metric, value, message, dice % 3 == 0)));
            record.values().removeIf(value -> value == Message.ABSENT);
            pack.add(record);
        }
        return new Sent(null, List.of(), JsonText.of(pack).getBytes(StandardCharsets.UTF_8));
    }

    private static Object named(Object sensor) {
        return sensor == Message.ABSENT ? "" : sensor;
    }

    private Object value(String metric, Object value, Message message, boolean based) {
        Object sent = values.sent(metric, value, message);
        if (!based || !(sent instanceof Double number) || !Double.isFinite(number)) {
            return sent;
        }
        return BigDecimal.valueOf(number).subtract(BASE_VALUE);
    }

    private static BigDecimal seconds(long millis) {
        return BigDecimal.valueOf(millis, 3);
    }
}
