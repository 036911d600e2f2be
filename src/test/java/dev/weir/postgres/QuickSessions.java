package dev.weir.postgres;

import dev.weir.config.WeirConfig;
import java.time.Duration;

/** Sessions whose limits a test can wait for. In the order of the real ones. */
public final class QuickSessions {
    /** How a test opens its connections. */
    public interface Opening {
        Connections connections(WeirConfig.Postgres options, String pipeline);
    }

    private static final Session LIMITS = new Session(
            Duration.ofMillis(300),
            Duration.ofMillis(700),
            Duration.ofMillis(300),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1));

    private QuickSessions() {}

    public static Connections connections(WeirConfig.Postgres options, String pipeline) {
        return new Connections(options, pipeline, LIMITS);
    }

    /** As the job's, but for how long they wait for a lock. */
    public static Opening waitingForLocks(Duration longest) {
        Session session = new Session(
                longest,
                Session.JOB.statement(),
                Session.JOB.idleInTransaction(),
                Session.JOB.transaction(),
                Session.JOB.read());
        return (options, pipeline) -> new Connections(options, pipeline, session);
    }
}
