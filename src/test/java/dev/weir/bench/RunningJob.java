package dev.weir.bench;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.chaos.Rest;
import dev.weir.chaos.SubmittedJob;
import dev.weir.testing.FlinkProcess;
import dev.weir.testing.FlinkProcesses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;

/**
 * When a job came back, by the REST interface: all but the first reading and the end of the backlog are times that the
 * JobManager has noted, with the clock of this machine; those two are looked for all the time and seen up to some 100
 * ms late.
 *
 * <p>Do not simplify: nothing asks for metrics right before a kill and until all have slots elsewhere, neither itself
 * nor through {@code /jobs/ID}, so one of this is made for all kills; metrics stand still for minutes when a
 * TaskManager dies while it is asked for them.
 */
final class RunningJob {
    private static final Duration WITHIN = Duration.ofMinutes(5);
    /** The event that was read last is no older than that: the backlog is gone. */
    private static final long PRESENT_MILLIS = 1_000;

    private static final int SOURCE = 0;
    private static final int SERIES = 1;
    private static final String LAG = "/subtasks/metrics?agg=max&get=Source__Events_from_Kafka.currentEmitEventTimeLag";

    private final FlinkProcesses flink;
    private final String path;
    private final List<String> vertices = new ArrayList<>();

    private RunningJob(FlinkProcesses flink, SubmittedJob job) {
        this.flink = flink;
        this.path = "/jobs/" + job.id();
        Rest.get(flink, path)
                .path("vertices")
                .forEach(vertex -> vertices.add(vertex.path("id").asText()));
    }

    static RunningJob of(FlinkProcesses flink, SubmittedJob job) {
        return new RunningJob(flink, job);
    }

    /** Of the newest completed checkpoint, files of older ones included. */
    long checkpointBytes() {
        return completed().path("state_size").asLong();
    }

    /** Number of the newest completed one; 0 for none. */
    long lastCheckpoint() {
        return completed().path("id").asLong();
    }

    /** The TaskManager that has all subtasks. */
    FlinkProcess busy() {
        List<FlinkProcess> busy = taskManagers(0);
        if (busy.size() != 1) {
            throw new IllegalStateException("TaskManagers without a free slot: " + busy.size() + ", not 1");
        }
        return busy.get(0);
    }

    /** The TaskManagers with as many free slots as the job needs. */
    List<FlinkProcess> idle() {
        return taskManagers(Task.THREADS);
    }

    /** Milliseconds from the kill to each step; all are waited for. */
    Map<String, Long> recovered(long killed) {
        until("all have a slot", () -> states("DEPLOYING").allMatch(at -> at > killed));
        until("the first reading", () -> readBySeries() > 0);
        long firstReading = System.currentTimeMillis();
        until("all subtasks run", () -> states("RUNNING").allMatch(at -> at > killed));
        until("the backlog is gone", this::isInThePresent);
        long caughtUp = System.currentTimeMillis();
        JsonNode job = Rest.get(flink, path).path("timestamps");
        long running = states("RUNNING").max().orElseThrow();
        until("a checkpoint", () -> completed().path("trigger_timestamp").asLong() > running);
        Map<String, Long> after = new LinkedHashMap<>();
        after.put("loss noticed", job.path("RESTARTING").asLong());
        after.put("wait over", job.path("RUNNING").asLong());
        after.put("slots found", states("DEPLOYING").min().orElseThrow());
        after.put("tasks start", states("INITIALIZING").max().orElseThrow());
        after.put("state restored, all run", running);
        after.put("first reading in its series", firstReading);
        after.put("backlog gone", caughtUp);
        after.put("checkpoint", completed().path("latest_ack_timestamp").asLong());
        after.replaceAll((what, at) -> at - killed);
        return after;
    }

    /** Batches that the present attempts of the series have taken from the exchange: read, decoded and checked before. */
    private long readBySeries() {
        return Rest.get(flink, path)
                .path("vertices")
                .path(SERIES)
                .path("metrics")
                .path("read-records")
                .asLong();
    }

    /** By the record that was emitted last, in the source's subtask that is furthest behind. */
    private boolean isInThePresent() {
        JsonNode lag = Rest.get(flink, path + "/vertices/" + vertices.get(SOURCE) + LAG)
                .path(0)
                .path("max");
        return lag.isNumber() && lag.asDouble() >= 0 && lag.asDouble() < PRESENT_MILLIS;
    }

    /** When each subtask's present attempt came into the state, epoch milliseconds; 0 if it has not. */
    private LongStream states(String state) {
        return vertices.stream().flatMapToLong(vertex -> {
            LongStream.Builder times = LongStream.builder();
            Rest.get(flink, path + "/vertices/" + vertex + "/subtasktimes")
                    .path("subtasks")
                    .forEach(subtask ->
                            times.add(subtask.path("timestamps").path(state).asLong()));
            return times.build();
        });
    }

    private JsonNode completed() {
        return Rest.get(flink, path + "/checkpoints").path("latest").path("completed");
    }

    private List<FlinkProcess> taskManagers(int freeSlots) {
        List<String> ids = new ArrayList<>();
        for (JsonNode one : Rest.get(flink, "/taskmanagers").path("taskmanagers")) {
            if (one.path("freeSlots").asInt() == freeSlots) {
                ids.add(one.path("id").asText());
            }
        }
        return flink.taskManagers().stream()
                .filter(process -> ids.contains(process.id()))
                .toList();
    }

    private static void until(String what, Callable<Boolean> condition) {
        await(what).atMost(WITHIN).pollInterval(Duration.ofMillis(50)).until(condition);
    }
}
