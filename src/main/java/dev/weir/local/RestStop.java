package dev.weir.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.retry.Pause;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Stops a job of another process with a savepoint, through that process's REST interface. */
public final class RestStop {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(ANSWER_WITHIN).build();
    private final ObjectMapper json = new ObjectMapper();
    private final URI job;

    public RestStop(URI rest, String jobId) {
        job = URI.create(rest + "/jobs/" + jobId);
    }

    /**
     * Stops the job and waits until it has stopped.
     *
     * @return the savepoint's path; null if the process ended before it could report the path
     * @throws IOException if the process does not answer or the savepoint fails; the job then continues
     */
    public String stop() throws IOException, InterruptedException {
        HttpRequest request = request("/stop")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"drain\":false,\"formatType\":\"CANONICAL\"}"))
                .build();
        String trigger = answer(request).path("request-id").asText();
        while (true) {
            JsonNode status;
            try {
                status = answer(request("/savepoints/" + trigger).build());
            } catch (ConnectException e) {
                return null; // The job has stopped, and its process has ended.
            }
            if (status.path("status").path("id").asText().equals("COMPLETED")) {
                JsonNode operation = status.path("operation");
                if (operation.has("location")) {
                    return operation.path("location").asText();
                }
                throw new IOException(firstLine(operation
                                .path("failure-cause")
                                .path("class")
                                .asText() + ": "
                        + operation.path("failure-cause").path("stack-trace").asText()));
            }
            Pause.WALL.pause(LOOK_EVERY);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(job + path)).timeout(ANSWER_WITHIN);
    }

    private JsonNode answer(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IOException("status " + response.statusCode() + ": " + firstLine(response.body()));
        }
        return json.readTree(response.body());
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("").strip();
    }
}
