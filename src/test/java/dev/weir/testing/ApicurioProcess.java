package dev.weir.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;

/** A real schema registry on the loopback, a process of its own: Apicurio, which keeps what it is given in memory. */
public final class ApicurioProcess implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final int port;
    private final Process process;

    private ApicurioProcess(int port, Process process) {
        this.port = port;
        this.process = process;
    }

    /** It answers, and has no schema. */
    public static ApicurioProcess start(Path home, Path log) throws IOException {
        int port = StablePorts.free(1)[0];
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java,
                        "-Xmx400m",
                        "-Dquarkus.http.host=127.0.0.1",
                        "-Dquarkus.http.port=" + port,
                        "-jar",
                        home.resolve("apicurio-registry-app-2.6.13.Final-runner.jar")
                                .toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        ApicurioProcess registry = new ApicurioProcess(port, process);
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "apicurio-end"));
        await().atMost(Duration.ofMinutes(2))
                .ignoreExceptions()
                .until(() -> registry.get("/apis/registry/v2/system/info") == 200);
        return registry;
    }

    /** The address of one of its protocols, such as {@code ccompat/v7}. */
    public String url(String protocol) {
        return "http://127.0.0.1:" + port + "/apis/" + protocol;
    }

    /** Registers the next version of a subject as Confluent's serializers do, with its JSON escaped already. */
    public String register(String subject, String request) throws IOException, InterruptedException {
        HttpRequest post = HttpRequest.newBuilder(URI.create(url("ccompat/v7") + "/subjects/" + subject + "/versions"))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .POST(HttpRequest.BodyPublishers.ofString(request))
                .build();
        return HTTP.send(post, HttpResponse.BodyHandlers.ofString()).body();
    }

    private int get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
