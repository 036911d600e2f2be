package dev.weir.chaos;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.regex.Pattern;

/** What the job's processes say about a fault: the proof that it has reached them. */
final class JobLog {
    private static final Duration WITHIN = Duration.ofMinutes(2);

    private final ChaosCluster cluster;
    private final Pattern words;
    private final long before;

    private JobLog(ChaosCluster cluster, Pattern words) {
        this.cluster = cluster;
        this.words = words;
        this.before = count();
    }

    /** Counts from now on. */
    static JobLog of(ChaosCluster cluster, String words) {
        return new JobLog(cluster, Pattern.compile(words));
    }

    /** Lines so far, from the beginning of this. */
    long lines() {
        return count() - before;
    }

    /**
     * Waits until the job has said it.
     *
     * @throws org.awaitility.core.ConditionTimeoutException if it does not: the fault has not hit
     */
    void awaitOne() {
        await("the job says: " + words)
                .atMost(WITHIN)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> lines() > 0);
    }

    private long count() {
        return cluster.flink().logs().lines().filter(words.asPredicate()).count();
    }
}
