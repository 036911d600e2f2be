package dev.weir.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.core.execution.JobClient;

/** Shows how far a bounded job is, as its web UI would: from the metrics that Weir reports. */
final class DemoProgress {
    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final int BAR = 30;

    private final Terminal terminal;
    private final URI web;
    private final JobClient job;
    private final long events;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();

    DemoProgress(Terminal terminal, URI web, JobClient job, long events) {
        this.terminal = terminal;
        this.web = web;
        this.job = job;
        this.events = events;
    }

    /** Returns when the job has finished; throws if it failed. */
    void await(long startNanos) throws Exception {
        CompletableFuture<JobExecutionResult> end = job.getJobExecutionResult();
        while (true) {
            try {
                end.get(INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException stillRunning) {
                show(Duration.ofNanos(System.nanoTime() - startNanos));
            }
        }
    }

    private void show(Duration since) {
        try {
            long read = 0;
            long accepted = 0;
            for (JsonNode vertex : get("").path("vertices")) {
                String metrics = "/vertices/" + vertex.path("id").asText() + "/subtasks/metrics";
                read += sum(metrics, ".eventsRead");
                accepted += sum(metrics, ".readingsAccepted");
            }
            long checkpoints =
                    get("/checkpoints").path("counts").path("completed").asLong();
            int done = (int) Math.min(BAR, BAR * read / events);
            terminal.line(
                    "  %02d:%02d  %s%s %3d %%  %,12d readings accepted  %,3d checkpoints",
                    since.toMinutes(),
                    since.toSecondsPart(),
                    "█".repeat(done),
                    "░".repeat(BAR - done),
                    Math.min(100, 100 * read / events),
                    accepted,
                    checkpoints);
        } catch (IOException notYetOrNoLonger) {
            // The job is being started or taken away; the next look will tell.
        }
    }

    /** Over all subtasks, of the metric whose name ends so; 0 if the vertex has none. */
    private long sum(String metrics, String suffix) throws IOException {
        for (JsonNode metric : get(metrics)) {
            String id = metric.path("id").asText();
            if (id.endsWith(suffix)) {
                return get(metrics + "?agg=sum&get=" + id).path(0).path("sum").asLong();
            }
        }
        return 0;
    }

    private JsonNode get(String path) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(web.resolve("/jobs/" + job.getJobID() + path))
                .timeout(INTERVAL)
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException("status " + response.statusCode());
            }
            return json.readTree(response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
