package dev.weir.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.testing.KafkaBroker;
import dev.weir.testing.PostgresServer;
import dev.weir.testing.pipeline.SampleFeed;
import dev.weir.testing.pipeline.Server;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a person sees who opens the web UI of a running job, in a real browser. The job is the local jar's, in a process
 * of its own, as a user starts it. With {@code -Dweir.screenshot=docs/images/web-ui.png} the picture in the README is
 * taken anew.
 */
@Tag("deploy")
class WebUiIT {
    private static final Path LOCAL_JAR = Path.of(System.getProperty("weir.local.jar"));
    private static final Path SCREENSHOT = Path.of(System.getProperty("weir.screenshot", "target/web-ui.png"));
    private static final Duration WITHIN = Duration.ofMinutes(2);
    private static final Pattern FRONTEND = Pattern.compile("Web frontend listening at (http://\\S+?)\\.?\\s");
    private static final List<String> OPERATORS = List.of(
            "Events from Kafka",
            "Decode and check",
            "Series: validate, deduplicate, aggregate",
            "Readings to the lake",
            "Aggregates to the lake",
            "Aggregates to PostgreSQL",
            "Dead letters to Kafka",
            "Books and fence");

    @TempDir
    static Path directory;

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Server
    static KafkaBroker broker;

    private static Process job;
    private static Chromium chromium;
    private static String address;
    private static String id;
    private static SampleFeed feed;
    private static int sent = 3000;

    @BeforeAll
    static void start() throws Exception {
        String missing = Chromium.missing();
        Assumptions.assumeTrue(missing.isEmpty(), missing);
        feed = new SampleFeed(broker, "sensor-readings", directory);
        feed.sendBadEvents();
        feed.sendReadings(0, sent);
        chromium = Chromium.start(directory);
        Path log = directory.resolve("job.log");
        job = new ProcessBuilder(command())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        await().atMost(WITHIN).until(() -> {
            assertThat(job.isAlive()).as(Files.readString(log)).isTrue();
            Matcher frontend = FRONTEND.matcher(Files.readString(log));
            address = frontend.find() ? frontend.group(1) : null;
            return address != null;
        });
        await().atMost(WITHIN)
                .ignoreExceptions()
                .until(() -> rest("/jobs/overview").at("/jobs/0/state").asText().equals("RUNNING"));
        id = rest("/jobs/overview").at("/jobs/0/jid").asText();
        await().atMost(WITHIN).ignoreExceptionsInstanceOf(IOException.class).until(() -> {
            assertThat(job.isAlive()).as(Files.readString(log)).isTrue();
            return rest("/jobs/" + id + "/checkpoints").at("/counts/completed").asInt() > 1;
        });
    }

    @AfterAll
    static void stop() throws Exception {
        if (chromium != null) {
            chromium.close();
        }
        if (job != null) {
            job.destroy();
            job.waitFor();
        }
    }

    private static List<String> command() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        PostgresServer postgres = PostgresServer.shared();
        Map<String, String> options = feed.options(postgres.newDatabase(), postgres.user());
        options.put("weir.pipeline", "weather");
        options.put(
                "weir.catalog",
                Path.of("flink-conf/catalog.yaml").toAbsolutePath().toString());
        options.put("execution.checkpointing.interval", "1 s");
        // Not the shipped /tmp/weir, where the next run of this test would find the state and go on from it.
        options.put(
                "execution.checkpointing.dir",
                directory.resolve("checkpoints").toUri().toString());
        options.put(
                "execution.checkpointing.savepoint-dir",
                directory.resolve("savepoints").toUri().toString());
        options.put("parallelism.default", "2");
        options.put("rest.bind-port", "0");
        List<String> command = new ArrayList<>(List.of(java, "-Xmx768m", "-jar", LOCAL_JAR.toString(), "run"));
        command.addAll(SampleFeed.arguments(options));
        return command;
    }

    @Test
    void theGraphNamesEveryOperator() throws Exception {
        assertThat(chromium.dom(page("overview"), OPERATORS))
                .contains("Weir: weather")
                .contains(OPERATORS);
    }

    @Test
    void whoOpensATaskReadsWhatItDoesInThisPipeline() throws Exception {
        for (JsonNode node : rest("/jobs/" + id + "/plan").at("/plan/nodes")) {
            String description = node.get("description").asText();
            if (description.contains("Decode and check")) {
                assertThat(description)
                        .contains("Events from Kafka: sensor-readings", "Decode and check: json, metrics: ");
                String drawer = page("overview") + "/" + node.get("id").asText() + "/detail";
                List<String> texts = List.of("Decode and check: json, metrics: ");
                assertThat(chromium.dom(drawer, texts)).contains(texts);
            } else if (description.contains("Series")) {
                assertThat(description)
                        .contains("late after 1 h, windows of 1 min, 1 h", "public.sensor_aggregates, exactly-once");
            }
        }
    }

    @Test
    void aPictureOfTheGraph() throws Exception {
        awaitCounts();
        Files.createDirectories(SCREENSHOT.toAbsolutePath().getParent());
        chromium.screenshot(page("overview"), OPERATORS, SCREENSHOT);
        assertThat(Files.size(SCREENSHOT)).isBetween(20_000L, 300_000L);
    }

    @Test
    void theConfigurationPageShowsTheOptionsAndNoSecret() throws Exception {
        List<String> texts = List.of(
                "weir.windows",
                "1 min; 1 h",
                "weir.kafka.bootstrap-servers",
                broker.bootstrapServers(),
                "weir.postgres.password");

        assertThat(chromium.dom(page("configuration"), texts)).contains(texts).doesNotContain(SampleFeed.PASSWORD);
        JsonNode shown = rest("/jobs/" + id + "/config").at("/execution-config/user-config");
        assertThat(shown.get("weir.time.lateness").asText()).isEqualTo("1 h");
        assertThat(shown.get("weir.postgres.password").asText()).startsWith("******");
    }

    @Test
    void theMetricsOfTheGraphCount() throws Exception {
        awaitCounts();
    }

    /** The source counts what is sent meanwhile: from 0 again, should the job have restarted. */
    private static void awaitCounts() throws Exception {
        JsonNode source = rest("/jobs/" + id).get("vertices").get(0);
        assertThat(source.get("name").asText()).contains("Events from Kafka", "Decode and check");
        await().atMost(WITHIN).untilAsserted(() -> {
            feed.sendReadings(sent, sent + 10);
            sent += 10;
            assertThat(sum(source.get("id").asText(), "Decode_and_check.weir.pipeline.weather.eventsRead"))
                    .isPositive();
            assertThat(sum(source.get("id").asText(), "numRecordsOut")).isPositive();
        });
    }

    private static double sum(String vertex, String metric) throws Exception {
        JsonNode answer = rest("/jobs/" + id + "/vertices/" + vertex + "/subtasks/metrics?get=" + metric + "&agg=sum");
        return answer.at("/0/sum").asDouble();
    }

    private static String page(String tab) {
        return address + "/#/job/running/" + id + "/" + tab;
    }

    private static JsonNode rest(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + path))
                .timeout(Duration.ofSeconds(10))
                .build();
        return new ObjectMapper()
                .readTree(HTTP.send(request, BodyHandlers.ofString()).body());
    }
}
