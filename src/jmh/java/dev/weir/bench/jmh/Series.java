package dev.weir.bench.jmh;

import dev.weir.core.catalog.TimeSettings;
import dev.weir.core.model.Aggregate;
import dev.weir.core.model.Origin;
import dev.weir.core.model.Reading;
import dev.weir.core.model.Reject;
import dev.weir.core.model.SeriesKey;
import dev.weir.core.series.Generation;
import dev.weir.core.series.SeriesMachine;
import dev.weir.core.series.SeriesOutput;
import dev.weir.core.series.SeriesRules;
import dev.weir.core.series.SeriesState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.openjdk.jmh.infra.Blackhole;

/** One series and its machine with W1's settings: windows of a minute, disorder 30 s, lateness 2 min, spike and stuck checked. */
final class Series {
    private static final SeriesKey KEY = new SeriesKey("s-100042", "temperature");
    private static final Origin ORIGIN = new Origin("sensors", 3, 42, Fleet.START_MILLIS);

    final SeriesState state = new SeriesState();
    private final SeriesMachine machine = new SeriesMachine(
            new SeriesRules(
                    Fleet.catalog(),
                    new TimeSettings(
                            Duration.ofSeconds(30),
                            Duration.ofMinutes(2),
                            Duration.ofMinutes(5),
                            Duration.ofMinutes(1),
                            Instant.EPOCH),
                    List.of(Duration.ofMinutes(1)),
                    Duration.ofHours(1)),
            Generation.FIRST);

    /** A reading of that second is judged. */
    void judge(long second, SeriesOutput output) {
        // Moves by at most 1.6 a second, and never stands still.
        double value = 20 + 0.8 * (second % 2) + second % 3 * 0.4;
        Reading reading = new Reading(
                KEY,
                Fleet.START_MILLIS * 1_000 + second * 1_000_000,
                value,
                "Cel",
                "plant-2",
                0,
                ORIGIN,
                null,
                null,
                0);
        machine.judge(state, reading, Fleet.START_MILLIS, output);
    }

    /** Everything disappears, but not before it was made. */
    record Sink(Blackhole blackhole) implements SeriesOutput {
        @Override
        public void accepted(Reading reading) {
            blackhole.consume(reading);
        }

        @Override
        public void rejected(Reading reading, Reject reject) {
            blackhole.consume(reject);
        }

        @Override
        public void emitted(Aggregate row, Cause cause) {
            blackhole.consume(row);
        }
    }
}
