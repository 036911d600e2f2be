package dev.weir.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A JobManager's REST interface on the loopback. */
final class FlinkRest {
    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;

    FlinkRest(int port) {
        this.port = port;
    }

    /** What it answers to a GET of the path, e.g. {@code /jobs/overview}; an IOException while nobody does. */
    String get(String path) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            return http.send(request, BodyHandlers.ofString()).body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
