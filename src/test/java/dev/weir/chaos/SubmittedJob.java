package dev.weir.chaos;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.testing.FlinkProcesses;
import dev.weir.testing.FlinkProcesses.Command;
import dev.weir.testing.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The job jar, submitted, stopped and restored with the {@code flink} command as its users do. */
public final class SubmittedJob implements ChaosJob {
    private static final Path JAR = Path.of(System.getProperty("weir.jar"));
    private static final Duration STOPPED_WITHIN = Duration.ofMinutes(3);
    private static final Pattern JOB_ID = Pattern.compile("JobID ([0-9a-f]{32})");
    private static final Pattern SAVEPOINT = Pattern.compile("Savepoint completed. Path: (\\S+)");
    private static final Set<String> OVER = Set.of("FAILED", "CANCELED", "FINISHED");

    private final FlinkProcesses flink;
    private final PostgresServer postgres;
    private final String database;
    private String id;
    private int parallelism;
    private long lastCheckpoint;

    public SubmittedJob(FlinkProcesses flink, PostgresServer postgres, String database) {
        this.flink = flink;
        this.postgres = postgres;
        this.database = database;
    }

    /** {@code flink run}, without waiting for the job's end. */
    public void submit(int subtasks, String savepoint, String... options) {
        List<String> command = new ArrayList<>(List.of("run", "-d", "-p", Integer.toString(subtasks)));
        if (savepoint != null) {
            command.addAll(List.of("-s", savepoint));
        }
        command.add(JAR.toString());
        command.addAll(List.of(options));
        Command run = flink.flink(command.toArray(String[]::new));
        Matcher submitted = JOB_ID.matcher(run.output());
        if (run.exitCode() != 0 || !submitted.find()) {
            throw new IllegalStateException("flink run failed:\n" + run.output());
        }
        id = submitted.group(1);
        parallelism = subtasks;
    }

    /** {@code flink stop}, as often as it takes: a job that is just restarting cannot be stopped. Returns the savepoint. */
    String stop() {
        String[] savepoint = new String[1];
        await().atMost(STOPPED_WITHIN).pollInterval(Duration.ofMillis(500)).until(() -> {
            Command stop = flink.flink("stop", id);
            Matcher completed = SAVEPOINT.matcher(stop.output());
            if (stop.exitCode() == 0 && completed.find()) {
                savepoint[0] = completed.group(1);
            } else if (status().equals("FINISHED")) {
                // It stopped, but the command did not hear of it.
                JsonNode path = checkpoints().path("latest").path("savepoint").path("external_path");
                savepoint[0] = path.isTextual() ? path.asText() : null;
            }
            return savepoint[0] != null;
        });
        return savepoint[0];
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public int parallelism() {
        return parallelism;
    }

    @Override
    public String status() {
        return Rest.get(flink, "/jobs/" + id).path("state").asText();
    }

    /** Whether nothing will make it run again. SUSPENDED is not: so it is between two leaders. */
    public boolean isOver() {
        return OVER.contains(status());
    }

    /** Why its newest attempt failed, without the stack. */
    public String failure() {
        JsonNode entries = Rest.get(flink, "/jobs/" + id + "/exceptions")
                .path("exceptionHistory")
                .path("entries");
        return entries.path(0)
                .path("stacktrace")
                .asText("no exception is known")
                .lines()
                .filter(line -> !line.startsWith("\tat "))
                .collect(Collectors.joining("; "));
    }

    /** Not the metric numRestarts: metrics stand still for minutes when a TaskManager dies while it is asked for them. */
    @Override
    public OptionalLong restarts() {
        String vertex = Rest.get(flink, "/jobs/" + id)
                .path("vertices")
                .path(0)
                .path("id")
                .asText();
        JsonNode subtasks =
                Rest.get(flink, "/jobs/" + id + "/vertices/" + vertex).path("subtasks");
        OptionalLong restarts = OptionalLong.empty();
        for (JsonNode subtask : subtasks) {
            long attempt = subtask.path("attempt").asLong();
            restarts = OptionalLong.of(Math.max(restarts.orElse(0), attempt));
        }
        return restarts;
    }

    @Override
    public synchronized OptionalLong lastCheckpoint() {
        JsonNode completed = checkpoints().path("latest").path("completed");
        if (completed.path("id").isNumber()) {
            lastCheckpoint = Math.max(lastCheckpoint, completed.path("id").asLong());
        }
        return lastCheckpoint == 0 ? OptionalLong.empty() : OptionalLong.of(lastCheckpoint);
    }

    /** When the newest completed checkpoint began, epoch milliseconds; of this JobManager and this job. */
    OptionalLong lastCheckpointBegan() {
        return Rest.number(checkpoints().path("latest").path("completed").path("trigger_timestamp"));
    }

    /** Completed ones between both ids, exclusive, of those that the present JobManager remembers. */
    long completedBetween(long from, long to) {
        long completed = 0;
        for (JsonNode one : checkpoints().path("history")) {
            long at = one.path("id").asLong();
            if (at > from && at < to && one.path("status").asText().equals("COMPLETED")) {
                completed++;
            }
        }
        return completed;
    }

    @Override
    public OptionalLong failedCheckpoints() {
        return Rest.number(checkpoints().path("counts").path("failed"));
    }

    @Override
    public OptionalLong eventsInBooks() {
        try (Connection connection = postgres.connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT sum(value)::bigint FROM weir_books WHERE counter = 'events.read'")) {
            row.next();
            return OptionalLong.of(row.getLong(1));
        } catch (SQLException e) {
            return OptionalLong.empty();
        }
    }

    @Override
    public void rescale(int subtasks) {
        submit(subtasks, stop());
    }

    private JsonNode checkpoints() {
        return Rest.get(flink, "/jobs/" + id + "/checkpoints");
    }
}
