package dev.weir.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.SecurityOptions;
import org.apache.flink.configuration.TaskManagerOptions;

/**
 * Checks whether the job gets as many slots as it has subtasks. A job with fewer slots waits for the rest for minutes
 * and reads nothing meanwhile. The local jar creates its own slots. A cluster's REST interface says how many it has, if
 * it answers.
 */
public final class SlotsArea implements Area {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(3);

    private final Configuration flink;

    public SlotsArea(Configuration flink) {
        this.flink = flink;
    }

    @Override
    public void examine(Examination examination) {
        examination.check("slots", this::slots);
    }

    /**
     * Returns a sentence that says how many TaskManagers a cluster needs for the job.
     *
     * @param parallelism the job's parallelism
     * @param slots slots of one TaskManager
     */
    public static String needed(int parallelism, int slots) {
        int perTaskManager = Math.max(1, slots);
        return "parallelism is " + parallelism + ": a cluster needs " + parallelism + " slots, TaskManagers: "
                + (parallelism + perTaskManager - 1) / perTaskManager + " (taskmanager.numberOfTaskSlots is "
                + perTaskManager + ")";
    }

    private Finding slots() throws InterruptedException {
        if (flink.getOptional(CoreOptions.DEFAULT_PARALLELISM).isEmpty()) {
            return Finding.ok("parallelism.default is not set: the local jar takes the number of cores");
        }
        String needed = needed(flink.get(CoreOptions.DEFAULT_PARALLELISM), flink.get(TaskManagerOptions.NUM_TASK_SLOTS))
                + "; the local jar makes its own";
        if (flink.get(SecurityOptions.SSL_REST_ENABLED)) {
            return Finding.ok(needed);
        }
        URI rest = URI.create("http://" + flink.getOptional(RestOptions.ADDRESS).orElse("localhost") + ":"
                + flink.get(RestOptions.PORT) + "/overview");
        try {
            return judged(rest, new ObjectMapper().readTree(answer(rest)), needed);
        } catch (IOException | IllegalArgumentException e) {
            return Finding.ok(needed);
        }
    }

    private Finding judged(URI rest, JsonNode overview, String needed) {
        if (!overview.path("slots-total").isInt()) {
            return Finding.ok(needed);
        }
        int parallelism = flink.get(CoreOptions.DEFAULT_PARALLELISM);
        int total = overview.path("slots-total").asInt();
        int free = overview.path("slots-available").asInt();
        String cluster = "Flink at " + rest.getAuthority() + " has slots: " + total + ", free: " + free;
        if (total >= parallelism && free >= parallelism) {
            return Finding.ok(cluster + ", parallelism.default is " + parallelism);
        }
        String cure = total < parallelism
                ? "start TaskManagers for " + (parallelism - total) + " more slots, or lower parallelism.default"
                : "stop the jobs that hold the others, start more TaskManagers, or lower parallelism.default";
        return Finding.warn("parallelism.default is " + parallelism + ", but " + cluster
                + ": there the job would wait and read nothing; " + cure);
    }

    private static String answer(URI rest) throws IOException, InterruptedException {
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(ANSWER_WITHIN).build();
        HttpRequest request =
                HttpRequest.newBuilder(rest).timeout(ANSWER_WITHIN).build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("status " + response.statusCode());
        }
        return response.body();
    }
}
