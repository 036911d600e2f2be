package dev.weir.testing;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Debian's Prometheus on the loopback, and its promtool. Unpacked once below {@code target/}, and not installed. */
public final class PrometheusServer implements AutoCloseable {
    private static final Path UNPACKED = Path.of("target/prometheus").toAbsolutePath();
    private static final Duration UP_WITHIN = Duration.ofSeconds(30);
    private static final Duration COMMAND_WITHIN = Duration.ofMinutes(5);

    /** What a command printed on both streams. */
    public record Command(int exitCode, String output) {}

    private final int port;
    private final Process process;

    private PrometheusServer(int port, Process process) {
        this.port = port;
        this.process = process;
    }

    /** Empty when the programs are there; otherwise what is missing, in one line. */
    public static String missing() throws IOException, InterruptedException {
        Command unpacked = command(Path.of("."), "src/test/deploy/prometheus.sh", UNPACKED.toString());
        return unpacked.exitCode() == 0 ? "" : unpacked.output().strip();
    }

    /** {@code promtool} has run to its end. */
    public static Command promtool(Path directory, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program("promtool")));
        command.addAll(List.of(arguments));
        return command(directory, command.toArray(String[]::new));
    }

    /** It is ready. Its data and its log are in the directory. */
    public static PrometheusServer start(Path directory, Path config, int port) throws IOException {
        Process process = new ProcessBuilder(
                        program("prometheus"),
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + directory.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("prometheus.log").toFile())
                .start();
        PrometheusServer server = new PrometheusServer(port, process);
        await().atMost(UP_WITHIN).until(server::isReady);
        return server;
    }

    /** The series of an instant query; none for no data. */
    public JsonNode query(String expression) throws IOException, InterruptedException {
        JsonNode answer = new ObjectMapper()
                .readTree(get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8)));
        if (!answer.path("status").asText().equals("success")) {
            throw new IOException(expression + ": " + answer);
        }
        return answer.path("data").path("result");
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isReady() throws IOException, InterruptedException {
        try {
            return get("/-/ready").contains("Ready");
        } catch (ConnectException e) {
            return false;
        }
    }

    private String get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    private static String program(String name) {
        return UNPACKED.resolve("usr/bin").resolve(name).toString();
    }

    private static Command command(Path directory, String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("weir-prometheus", ".out");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(COMMAND_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(String.join(" ", command) + " does not end: " + Files.readString(output));
            }
            return new Command(process.exitValue(), Files.readString(output));
        } finally {
            Files.delete(output);
        }
    }
}
