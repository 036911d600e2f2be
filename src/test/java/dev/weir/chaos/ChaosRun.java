package dev.weir.chaos;

import static org.awaitility.Awaitility.await;

import dev.weir.config.WeirConfig;
import dev.weir.testing.outputs.Differences;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.awaitility.core.ConditionTimeoutException;

/** One run from the first event to the comparison: a steady feed, one disaster after the other, an end, and what came out. */
final class ChaosRun {
    private static final Duration FLOWS_WITHIN = Duration.ofMinutes(5);
    private static final Duration ENDS_WITHIN = Duration.ofMinutes(10);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int MOST_CALM_MILLIS = 3_000;

    private final ChaosOptions options;
    private final RunningCluster cluster;
    private final ChaosReport report;
    private final Path directory;
    private final Random random;
    /** Events in the books when the database last answered. */
    private long booked;

    /** @param directory empty, for what the comparison needs */
    ChaosRun(ChaosOptions options, RunningCluster cluster, ChaosReport report, Path directory) {
        this.directory = directory;
        this.options = options;
        this.cluster = cluster;
        this.report = report;
        this.random = new Random(options.seed());
    }

    /** All differences between what is there and what the oracle says. */
    Differences run() throws Exception {
        WeirConfig config = cluster.config();
        cluster.job().submit(Settings.PARALLELISM, null);
        try (ChaosFeed feed = new ChaosFeed(cluster.kafka().bootstrapServers(), cluster.files(), config, options)) {
            awaitFlow(System.currentTimeMillis(), 0);
            report.say("events flow; %,d acknowledged", feed.acknowledged());
            strike(feed);
            feed.finish();
        }
        end();
        ChaosComparison comparison = new ChaosComparison(cluster, config);
        Differences differences = comparison.compare(directory);
        report.end(comparison.events(), differences);
        return differences;
    }

    private void strike(ChaosFeed feed) throws Exception {
        long endNanos = System.nanoTime() + options.duration().toNanos();
        Deque<Disaster> next = new ArrayDeque<>(options.schedule());
        while (System.nanoTime() < endNanos) {
            if (next.isEmpty()) {
                if (!options.schedule().isEmpty()) {
                    break;
                }
                next.addAll(shuffled());
            }
            strike(next.remove());
            report.say(
                    "  %,d events acknowledged, %,d in the books, lag %,d",
                    feed.acknowledged(), books(), feed.acknowledged() - books());
            calm();
        }
    }

    private List<Disaster> shuffled() {
        List<Disaster> round = new ArrayList<>(Disasters.all());
        Collections.shuffle(round, random);
        return round;
    }

    private void strike(Disaster disaster) throws Exception {
        Duration at = report.sinceBegin();
        long began = System.nanoTime();
        long checkpoint = cluster.job().lastCheckpoint().orElse(0);
        String proof;
        try {
            proof = disaster.strike(cluster);
        } catch (Exception e) {
            throw new IllegalStateException(disaster.name() + " did not hit; job " + describe(), e);
        }
        awaitFlow(System.currentTimeMillis(), books());
        Duration outage = Duration.ofNanos(System.nanoTime() - began);
        long now = cluster.job().lastCheckpoint().orElse(0);
        long lost = Math.max(0, now - checkpoint - 1 - cluster.job().completedBetween(checkpoint, now));
        report.hit(new Hit(at, disaster.name(), proof, outage, lost));
    }

    /** A checkpoint that began after the moment has completed, and more events stand in the books. */
    private void awaitFlow(long sinceMillis, long booked) {
        try {
            await().atMost(FLOWS_WITHIN)
                    .pollInterval(POLL)
                    .failFast("the job is over", () -> cluster.job().isOver())
                    .until(() -> {
                        supervise();
                        return cluster.job().lastCheckpointBegan().orElse(0) >= sinceMillis && books() > booked;
                    });
        } catch (ConditionTimeoutException | org.awaitility.core.TerminalFailureException e) {
            throw new IllegalStateException("events do not flow again; job " + describe(), e);
        }
    }

    private void supervise() {
        for (String name : cluster.flink().restartEnded()) {
            report.say("  %s had ended by itself and is started again", name);
        }
    }

    private long books() {
        booked = Math.max(booked, cluster.job().eventsInBooks().orElse(0));
        return booked;
    }

    /** Between two disasters, by seed: so that they strike at any point of a checkpoint. */
    private void calm() {
        Duration calm = Duration.ofMillis(1 + random.nextInt(MOST_CALM_MILLIS));
        await().pollDelay(calm).atMost(calm.plusSeconds(5)).until(() -> true);
    }

    /** The rest of the topic is read by a bounded run, which ends by itself with everything committed. */
    private void end() {
        String savepoint = cluster.job().stop();
        cluster.job().submit(Settings.PARALLELISM, savepoint, "-Dweir.kafka.stop=latest");
        try {
            await().atMost(ENDS_WITHIN).pollInterval(POLL).until(() -> cluster.job()
                    .isOver());
        } catch (ConditionTimeoutException e) {
            throw new IllegalStateException("the bounded run does not end; job " + describe(), e);
        }
        if (!cluster.job().status().equals("FINISHED")) {
            throw new IllegalStateException("the bounded run has not finished; job " + describe());
        }
        report.say("stopped with a savepoint, and ended with weir.kafka.stop=latest");
    }

    private String describe() {
        return cluster.job().id() + " is " + cluster.job().status() + "; its newest failure: "
                + cluster.job().failure();
    }
}
