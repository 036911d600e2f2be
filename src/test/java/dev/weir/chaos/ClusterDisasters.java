package dev.weir.chaos;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.testing.FlinkProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Callable;
import org.awaitility.core.ConditionTimeoutException;

/** What can happen to the processes of a Flink cluster, and what people do to a job that runs on it. */
final class ClusterDisasters {
    private static final Duration HITS_WITHIN = Duration.ofMinutes(2);
    private static final Duration LIVENESS = Duration.ofSeconds(60);
    private static final int MOST_PARALLEL = 4;

    private ClusterDisasters() {}

    /** The code of one disaster. */
    @FunctionalInterface
    private interface Strike {
        String strike(ChaosCluster cluster) throws Exception;
    }

    private static Disaster named(String name, Strike strike) {
        return new Disaster() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public String strike(ChaosCluster cluster) throws Exception {
                return strike.strike(cluster);
            }
        };
    }

    static List<Disaster> all() {
        return List.of(
                killTaskManager(),
                killJobManager(),
                killAll(),
                zombieTaskManager(),
                frozenJobManager(),
                checkpointTimeout(),
                rescale(2),
                rescale(3));
    }

    static Disaster killTaskManager() {
        return named("kill -9 TaskManager", cluster -> {
            FlinkProcess victim = busyTaskManager(cluster);
            long pid = victim.pid();
            long restarts = restarts(cluster);
            victim.kill();
            until(() -> restarts(cluster) > restarts);
            victim.start();
            return "pid " + pid + " gone, restarts " + restarts + " -> " + restarts(cluster);
        });
    }

    static Disaster killJobManager() {
        return named("kill -9 JobManager", cluster -> {
            FlinkProcess victim = cluster.flink().jobManager();
            long pid = victim.pid();
            victim.kill();
            until(() -> cluster.job().status().isEmpty());
            victim.start();
            return "pid " + pid + " gone, REST silent, now pid " + victim.pid() + "; it " + found(cluster);
        });
    }

    static Disaster killAll() {
        return named("kill -9 JobManager and TaskManagers", cluster -> {
            List<FlinkProcess> all = new ArrayList<>(cluster.flink().taskManagers());
            all.add(cluster.random().nextInt(all.size() + 1), cluster.flink().jobManager());
            List<Long> pids = all.stream().map(FlinkProcess::pid).toList();
            all.forEach(FlinkProcess::kill);
            until(() -> cluster.job().status().isEmpty());
            all.forEach(FlinkProcess::start);
            return "pids " + pids + " gone, REST silent; the new JobManager " + found(cluster);
        });
    }

    /** The job goes on elsewhere, or waits; then its former tasks wake up with open files, connections and transactions. */
    static Disaster zombieTaskManager() {
        return named("SIGSTOP TaskManager beyond the heartbeat, SIGCONT", cluster -> {
            FlinkProcess victim = busyTaskManager(cluster);
            String id = victim.id();
            long restarts = restarts(cluster);
            long began = System.nanoTime();
            victim.pause();
            try {
                until(() -> victim.isPaused());
                until(() -> !known(cluster).contains(id) && restarts(cluster) > restarts);
                if (cluster.job().parallelism() <= slotsWithout(cluster)) {
                    until(() -> cluster.job().status().equals("RUNNING"));
                }
            } finally {
                victim.resume();
            }
            Duration stood = Duration.ofNanos(System.nanoTime() - began);
            until(() -> known(cluster).contains(id));
            return "pid " + victim.pid() + " stood still for " + stood.toMillis()
                    + " ms, JobManager gave it up, restarts " + restarts + " -> " + restarts(cluster)
                    + ", then it came back";
        });
    }

    /** Its session in ZooKeeper ends; then it wakes up and must find out. */
    static Disaster frozenJobManager() {
        return named("SIGSTOP JobManager beyond its session, SIGCONT", cluster -> {
            FlinkProcess victim = cluster.flink().jobManager();
            long began = System.nanoTime();
            victim.pause();
            try {
                until(victim::isPaused);
                await().pollDelay(Settings.SESSION_TIMEOUT.plusSeconds(3)).until(() -> true);
            } finally {
                victim.resume();
            }
            Duration stood = Duration.ofNanos(System.nanoTime() - began);
            String pid = "pid " + victim.pid();
            String probe = leads(cluster) ? "" : killedByProbe(victim);
            return pid + " stood still for " + stood.toMillis() + " ms with a session of "
                    + Settings.SESSION_TIMEOUT.toMillis() + " ms; " + probe + "then it " + found(cluster);
        });
    }

    private static boolean leads(ChaosCluster cluster) {
        try {
            await().atMost(LIVENESS)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> cluster.job().status().equals("RUNNING"));
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }

    /**
     * The Curator that Flink 2.2 brings may never lead again once its session was lost (CURATOR-724, mended in 5.8):
     * the process is there and does nothing. What ends it in production is a liveness probe.
     */
    private static String killedByProbe(FlinkProcess victim) {
        victim.kill();
        return "it did not lead again within " + LIVENESS.toSeconds() + " s and was restarted as by a liveness probe; ";
    }

    static Disaster checkpointTimeout() {
        return named("SIGSTOP TaskManager until a checkpoint times out", cluster -> {
            FlinkProcess victim = busyTaskManager(cluster);
            long failed = failedCheckpoints(cluster);
            long began = System.nanoTime();
            victim.pause();
            try {
                until(() -> failedCheckpoints(cluster) > failed);
            } finally {
                victim.resume();
            }
            Duration stood = Duration.ofNanos(System.nanoTime() - began);
            return "failed checkpoints " + failed + " -> " + failedCheckpoints(cluster) + ", pid " + victim.pid()
                    + " stood still for " + stood.toMillis() + " ms";
        });
    }

    /** @param times so many stops and restores in a row, with no time in between */
    static Disaster rescale(int times) {
        return named("stop with savepoint, restore at another parallelism, " + times + " times", cluster -> {
            StringBuilder proof =
                    new StringBuilder("parallelism " + cluster.job().parallelism());
            for (int i = 0; i < times; i++) {
                int before = cluster.job().parallelism();
                String job = cluster.job().id();
                cluster.job().rescale(other(before, cluster.random()));
                proof.append(" -> ").append(cluster.job().parallelism());
                if (cluster.job().id().equals(job)) {
                    throw new IllegalStateException("the same job: " + job);
                }
            }
            return proof + ", job " + cluster.job().id();
        });
    }

    private static int other(int parallelism, Random random) {
        return 1 + (parallelism + random.nextInt(MOST_PARALLEL - 1)) % MOST_PARALLEL;
    }

    /** One that has tasks of the job. */
    private static FlinkProcess busyTaskManager(ChaosCluster cluster) {
        List<String> busy = new ArrayList<>();
        until(() -> {
            busy.clear();
            for (JsonNode one : Rest.get(cluster.flink(), "/taskmanagers").path("taskmanagers")) {
                if (one.path("freeSlots").asInt() < one.path("slotsNumber").asInt()) {
                    busy.add(one.path("id").asText());
                }
            }
            return !busy.isEmpty();
        });
        List<FlinkProcess> candidates = cluster.flink().taskManagers().stream()
                .filter(one -> busy.contains(one.id()))
                .toList();
        return candidates.get(cluster.random().nextInt(candidates.size()));
    }

    private static List<String> known(ChaosCluster cluster) {
        List<String> known = new ArrayList<>();
        for (JsonNode one : Rest.get(cluster.flink(), "/taskmanagers").path("taskmanagers")) {
            known.add(one.path("id").asText());
        }
        return known;
    }

    private static int slotsWithout(ChaosCluster cluster) {
        return Settings.SLOTS * (cluster.flink().taskManagers().size() - 1);
    }

    /** What a new or woken JobManager found of the job. */
    private static String found(ChaosCluster cluster) {
        until(() -> {
            cluster.flink().restartEnded();
            return cluster.job().status().equals("RUNNING");
        });
        JsonNode restored = Rest.get(cluster.flink(), "/jobs/" + cluster.job().id() + "/checkpoints")
                .path("latest")
                .path("restored")
                .path("id");
        return restored.isNumber() ? "went on from checkpoint " + restored.asLong() : "found the job running";
    }

    private static long restarts(ChaosCluster cluster) {
        return known(cluster.job()::restarts);
    }

    private static long failedCheckpoints(ChaosCluster cluster) {
        return known(cluster.job()::failedCheckpoints);
    }

    private static long known(Callable<OptionalLong> number) {
        return await().atMost(HITS_WITHIN)
                .pollInterval(Duration.ofMillis(100))
                .until(number, OptionalLong::isPresent)
                .getAsLong();
    }

    private static void until(Callable<Boolean> condition) {
        await().atMost(HITS_WITHIN).pollInterval(Duration.ofMillis(100)).until(condition);
    }
}
