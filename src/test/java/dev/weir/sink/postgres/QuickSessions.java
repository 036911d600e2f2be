package dev.weir.sink.postgres;

import dev.weir.config.WeirConfig;
import java.time.Duration;

/** Sessions whose limits a test can wait for. In the order of the real ones. */
public final class QuickSessions {
    static final Session LIMITS = new Session(
            Duration.ofMillis(300),
            Duration.ofMillis(700),
            Duration.ofMillis(300),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1));

    private QuickSessions() {}

    public static Connections connections(WeirConfig.Postgres options, String pipeline) {
        return new Connections(options, pipeline, LIMITS);
    }
}
