package dev.weir.chaos;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What can go wrong around the job's processes, and with them at a named point. */
final class OutsideDisasters {
    /** Long enough that the requests of consumers and producers time out, which takes 30 s. */
    private static final Duration STANDSTILL = Duration.ofSeconds(40);
    /** Long enough for several attempts of whoever tries again. */
    private static final Duration BRIEF = Duration.ofSeconds(15);

    /** Longer than every limit of a session with the database, the client's minute included. */
    private static final Duration FREEZE = Duration.ofSeconds(75);

    /** @param outage how long what is "down" is down */
    static List<Disaster> all(Duration outage) {
        return Stream.of(database(outage), broker(outage), List.<Disaster>of(new LakeFull(BRIEF)), points())
                .flatMap(List::stream)
                .toList();
    }

    static List<Disaster> database(Duration outage) {
        return List.of(
                new PostgresKilled(),
                new PostgresDown(outage),
                new PostgresFull(BRIEF),
                new PostgresReadOnly(BRIEF),
                new PostgresFrozen(FREEZE),
                new BackendTerminated());
    }

    static List<Disaster> broker(Duration outage) {
        return List.of(new KafkaKilled(), new KafkaDown(outage), new KafkaPaused(STANDSTILL));
    }

    static List<Disaster> points() {
        return Arrays.stream(NamedPoint.values())
                .<Disaster>map(KilledAtPoint::new)
                .toList();
    }

    private OutsideDisasters() {}
}
