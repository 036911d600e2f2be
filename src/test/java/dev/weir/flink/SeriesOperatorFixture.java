package dev.weir.flink;

import dev.weir.config.WeirConfig;
import dev.weir.config.WeirConfig.DeadLetters;
import dev.weir.core.catalog.Catalog;
import dev.weir.core.catalog.Quota;
import dev.weir.core.catalog.TimeSettings;
import dev.weir.core.model.Origin;
import dev.weir.core.model.Reading;
import dev.weir.core.model.SeriesKey;
import dev.weir.testing.generate.TestConfigs;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Readings and configurations for tests of {@link SeriesOperator}: windows of a minute, disorder 10 s, every metric accepted. */
final class SeriesOperatorFixture {
    static final SeriesKey KEY = new SeriesKey("s-1", "temperature");

    private SeriesOperatorFixture() {}

    static Reading reading(SeriesKey key, int offset, long second, double value) {
        return readingAt(key, offset, second * 1_000_000, value);
    }

    static Reading readingAt(SeriesKey key, int offset, long micros, double value) {
        return new Reading(
                key, micros, value, "Cel", null, 0, new Origin("t", 0, offset, 0), null, new byte[] {(byte) offset}, 0);
    }

    static WeirConfig config(DeadLetters.Payload payload) {
        return config(payload, null);
    }

    static WeirConfig timing(Duration idleFlush, Duration retention) {
        WeirConfig any = TestConfigs.longJson();
        TimeSettings time = new TimeSettings(
                any.time().disorder(),
                any.time().lateness(),
                any.time().futureSkew(),
                idleFlush,
                any.time().earliest());
        return config(DeadLetters.Payload.ORIGINAL, null, time, retention);
    }

    static WeirConfig config(DeadLetters.Payload payload, Quota quota) {
        return config(payload, quota, TestConfigs.longJson().time(), Duration.ofHours(20));
    }

    static WeirConfig config(DeadLetters.Payload payload, Quota quota, TimeSettings time, Duration retention) {
        WeirConfig any = TestConfigs.longJson();
        Catalog catalog = new Catalog(any.catalog().inputs().get(0), Map.of(), true, quota);
        return new WeirConfig(
                "test",
                any.kafka(),
                time,
                List.of(Duration.ofMinutes(1)),
                retention,
                null,
                null,
                new DeadLetters("dlq", payload),
                false,
                catalog);
    }
}
