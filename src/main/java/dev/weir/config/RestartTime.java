package dev.weir.config;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.RestartStrategyOptions.RestartStrategyType;

/** Estimates how long an ordinary restart takes: until the failure is detected, the strategy's delay, and restoring the state. */
final class RestartTime {
    /** The options that the estimate depends on. */
    static final List<ConfigOption<?>> OPTIONS = List.of(
            RestartStrategyOptions.RESTART_STRATEGY,
            RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY,
            RestartStrategyOptions.RESTART_STRATEGY_FAILURE_RATE_DELAY,
            RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
            RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_JITTER_FACTOR,
            HeartbeatManagerOptions.HEARTBEAT_TIMEOUT);

    /** Time for a new machine or pod and for downloading the state. An estimate: a new pod takes about a minute, a restore some seconds. */
    static final Duration ROOM = Duration.ofMinutes(2);

    private RestartTime() {}

    /** @throws IllegalArgumentException for a value of the wrong type, or a strategy that Flink does not know */
    static Duration of(ReadableConfig flink) {
        return flink.get(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT)
                .plus(delay(flink))
                .plus(ROOM);
    }

    private static Duration delay(ReadableConfig flink) {
        String name = flink.getOptional(RestartStrategyOptions.RESTART_STRATEGY).orElse(null);
        if (name == null) {
            // Flink then uses this strategy with its defaults and ignores what is set.
            return exponential(new Configuration());
        }
        return switch (RestartStrategyType.of(name.toLowerCase(Locale.ROOT))) {
            case FIXED_DELAY -> flink.get(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY);
            case FAILURE_RATE -> flink.get(RestartStrategyOptions.RESTART_STRATEGY_FAILURE_RATE_DELAY);
            case EXPONENTIAL_DELAY -> exponential(flink);
            // Flink does not restart the job then.
            case NO_RESTART_STRATEGY -> Duration.ZERO;
        };
    }

    private static Duration exponential(ReadableConfig flink) {
        Duration longest = flink.get(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF);
        double jitter = flink.get(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_JITTER_FACTOR);
        return longest.plusMillis((long) Math.ceil(longest.toMillis() * jitter));
    }
}
