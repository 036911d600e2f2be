package dev.weir.bench;

import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/** The plain job's reading of CSV rows: by the places of the columns, without quotes; header lines are left out. */
final class PlainRows implements FlatMapFunction<String, PlainEvent> {
    private static final long serialVersionUID = 1L;
    private static final int COLUMNS = 6;

    @Override
    public void flatMap(String line, Collector<PlainEvent> out) {
        if (line.equals(CsvText.HEADER)) {
            return;
        }
        PlainReading reading = null;
        String fault;
        try {
            reading = reading(line);
            fault = PlainDeserializer.fault(reading, Long.MAX_VALUE / 2);
        } catch (IllegalArgumentException malformed) {
            fault = "MALFORMED";
        }
        out.collect(
                fault == null
                        ? PlainEvent.of(reading)
                        : PlainEvent.faulty(fault, null, line.getBytes(StandardCharsets.UTF_8)));
    }

    private static PlainReading reading(String line) {
        String[] columns = line.split(",", -1);
        if (columns.length != COLUMNS) {
            throw new IllegalArgumentException("columns");
        }
        PlainReading reading = new PlainReading();
        reading.sensorId = columns[0].isEmpty() ? null : columns[0];
        reading.metric = columns[1];
        reading.eventTime = Long.parseLong(columns[2]);
        reading.value = columns[3].isEmpty() ? null : Double.valueOf(columns[3]);
        reading.unit = columns[4];
        reading.site = columns[5];
        return reading;
    }
}
