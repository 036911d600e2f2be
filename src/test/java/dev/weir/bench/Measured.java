package dev.weir.bench;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * One run of one contender, of its own process alone.
 *
 * @param millis from the first poll (a job: from its start) until everything is committed
 * @param rssBytes the greatest resident size that the process ever had
 * @param allocatedBytes on the Java heap
 * @param gcMillis during which collectors worked
 * @param checkpoints completed ones; 0 for what makes none, and then their sizes and durations are 0 as well
 */
record Measured(
        long events,
        long millis,
        long cpuMillis,
        long rssBytes,
        long allocatedBytes,
        long gcMillis,
        long checkpoints,
        long checkpointAverageMillis,
        long checkpointMaxMillis,
        long checkpointMaxBytes,
        long stateBytes) {

    double eventsPerSecond() {
        return events * 1_000.0 / millis;
    }

    double cpuSecondsPerMillion() {
        return cpuMillis * 1_000.0 / events;
    }

    double allocatedPerEvent() {
        return (double) allocatedBytes / events;
    }

    double gcShare() {
        return (double) gcMillis / millis;
    }

    Measured with(Checkpoints seen) {
        return new Measured(
                events,
                millis,
                cpuMillis,
                rssBytes,
                allocatedBytes,
                gcMillis,
                seen.completed(),
                seen.averageMillis(),
                seen.maxMillis(),
                seen.maxBytes(),
                seen.stateBytes());
    }

    void write(Path file) throws IOException {
        Properties properties = new Properties();
        long[] values = {
            events,
            millis,
            cpuMillis,
            rssBytes,
            allocatedBytes,
            gcMillis,
            checkpoints,
            checkpointAverageMillis,
            checkpointMaxMillis,
            checkpointMaxBytes,
            stateBytes
        };
        for (int i = 0; i < values.length; i++) {
            properties.setProperty(Measured.class.getRecordComponents()[i].getName(), Long.toString(values[i]));
        }
        try (Writer out = Files.newBufferedWriter(file)) {
            properties.store(out, null);
        }
    }

    static Measured read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            properties.load(in);
        }
        long[] v = new long[Measured.class.getRecordComponents().length];
        for (int i = 0; i < v.length; i++) {
            v[i] = Long.parseLong(properties.getProperty(Measured.class.getRecordComponents()[i].getName()));
        }
        return new Measured(v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8], v[9], v[10]);
    }
}
