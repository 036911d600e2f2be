package dev.weir.bench;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/** The names of so many sensors, and where the default partitioner puts each. Four metrics each: series number = sensor * 4 + metric. */
final class SensorFleet {
    static final int METRICS = 4;

    private static final int FIRST_NUMBER = 100_000;
    private static final int SITES = 20;
    private static final String[] NAMES = {"temperature", "humidity", "pressure", "voltage"};
    private static final long[] CENTRES = {2_000, 5_000, 100_000, 23_000};
    private static final String[] UNITS = {"Cel", "%", "hPa", "V"};

    private static final byte[][] AFTER_SENSOR = new byte[METRICS][];
    private static final byte[][] AFTER_VALUE = new byte[METRICS * SITES][];

    static {
        for (int metric = 0; metric < METRICS; metric++) {
            AFTER_SENSOR[metric] = bytes("\"metric\":\"" + NAMES[metric] + "\",\"event_time\":");
            for (int site = 0; site < SITES; site++) {
                AFTER_VALUE[metric * SITES + site] =
                        bytes(",\"unit\":\"" + UNITS[metric] + "\",\"site\":\"plant-" + site + "\"}");
            }
        }
    }

    private final int sensors;
    private final int partitions;

    SensorFleet(int sensors, int partitions) {
        this.sensors = sensors;
        this.partitions = partitions;
    }

    static String name(int metric) {
        return NAMES[metric];
    }

    static String unit(int metric) {
        return UNITS[metric];
    }

    static String site(int sensor) {
        return "plant-" + sensor % SITES;
    }

    /** Of good values, in hundredths of the unit. */
    static long centre(int metric) {
        return CENTRES[metric];
    }

    int sensors() {
        return sensors;
    }

    int series() {
        return sensors * METRICS;
    }

    byte[] key(int sensor) {
        return bytes("s-" + (FIRST_NUMBER + sensor));
    }

    int partition(byte[] key) {
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }

    /** {@code "metric":"temperature","event_time":} */
    static byte[] afterSensor(int metric) {
        return AFTER_SENSOR[metric];
    }

    /** {@code ,"unit":"Cel","site":"plant-7"}} and the brace. */
    static byte[] afterValue(int metric, int sensor) {
        return AFTER_VALUE[metric * SITES + sensor % SITES];
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
