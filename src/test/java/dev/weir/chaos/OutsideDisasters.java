package dev.weir.chaos;

import dev.weir.testing.LakeDisk;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** All that can go wrong around the job's processes, and with them at a named point. */
final class OutsideDisasters {
    /** Long enough that the consumers' and producers' requests time out (30 s). */
    private static final Duration STANDSTILL = Duration.ofSeconds(40);

    /**
     * Each once, in the order of this list.
     *
     * @param outage how long what is "down" is down
     * @param disk what the lake is on; one that cannot be full is left out, with a line that says so
     */
    static List<Disaster> all(Duration outage, LakeDisk disk) {
        return Stream.of(database(outage), broker(outage), lake(outage, disk), points())
                .flatMap(List::stream)
                .toList();
    }

    static List<Disaster> database(Duration outage) {
        Duration brief = shorter(outage);
        return List.of(
                new PostgresKilled(),
                new PostgresDown(outage),
                new PostgresFull(brief),
                new PostgresReadOnly(brief),
                new BackendTerminated());
    }

    static List<Disaster> broker(Duration outage) {
        return List.of(new KafkaKilled(), new KafkaDown(outage), new KafkaPaused(shorter(STANDSTILL, outage)));
    }

    static List<Disaster> lake(Duration outage, LakeDisk disk) {
        if (disk.canBeFull()) {
            return List.of(new LakeFull(disk, shorter(outage)));
        }
        System.out.println("left out: the lake's disk full; no file system could be mounted for it: " + disk.whyNot());
        return List.of();
    }

    static List<Disaster> points() {
        return Arrays.stream(NamedPoint.values())
                .<Disaster>map(KilledAtPoint::new)
                .toList();
    }

    private static Duration shorter(Duration outage) {
        return shorter(outage, Duration.ofSeconds(20));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private OutsideDisasters() {}
}
