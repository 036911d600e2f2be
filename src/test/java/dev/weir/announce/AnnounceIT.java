package dev.weir.announce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.announce.AnnounceRequest.Order;
import dev.weir.cli.Weir;
import dev.weir.testing.KafkaBroker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Announcements on a real broker. */
class AnnounceIT {
    private static final String TOPIC = "file-events";
    private static final int FILES = 12_000;
    private static final int SENSORS = 7;

    @TempDir
    static Path temp;

    private static KafkaBroker kafka;
    private static AnnouncedDirectory directory;

    @BeforeAll
    static void start() throws IOException {
        kafka = KafkaBroker.start();
        directory = AnnouncedDirectory.in(temp, kafka.bootstrapServers());
        for (int i = 0; i < FILES; i++) {
            directory.write("kiln-%d/%05d.csv".formatted(i % SENSORS, i), i % 100, 1_000_000 + i);
        }
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @BeforeEach
    void topic() throws Exception {
        try (var admin = kafka.admin()) {
            if (admin.listTopics().names().get().contains(TOPIC)) {
                admin.deleteTopics(List.of(TOPIC)).all().get();
                await().until(() -> !admin.listTopics().names().get().contains(TOPIC));
            }
        }
        kafka.createTopic(TOPIC, 3, Map.of());
    }

    @Test
    void announcesEveryFileOnceInOrderWithTheFilesOfASensorOnOnePartition() throws IOException {
        List<Long> heard = new ArrayList<>();
        Announcer announcer = new Announcer(directory.config(), progress(heard));
        announcer.write(announcer.plan(request(null)));

        List<ConsumerRecord<byte[], byte[]>> records = kafka.readAll(TOPIC);
        assertThat(records).hasSize(FILES);
        assertThat(uris(records)).hasSize(FILES).contains(directory.uri("kiln-5/00005.csv"));
        assertOrdered(records);
        // Each transaction of 1,000 announcements was heard of.
        assertThat(heard).hasSize(13).first().isEqualTo(0L);
        assertThat(heard).last().isEqualTo((long) FILES);
    }

    @Test
    void aProcessThatIsKilledInTheMiddleLeavesWholeTransactionsAndTheNextOneTheRest() throws Exception {
        Process first = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "--add-opens=java.base/java.util=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Weir.class.getName(),
                        "announce",
                        "--conf-dir",
                        directory.conf().toString(),
                        "--path",
                        directory.uri(),
                        "--key",
                        ".*/([^/]+)/[^/]+")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> end() > 0 || !first.isAlive());
        first.destroyForcibly().waitFor();

        // A new process aborts the open transaction and then announces all.
        Announcer announcer = new Announcer(directory.config(), progress(new ArrayList<>()));
        announcer.write(announcer.plan(request(null)));

        List<ConsumerRecord<byte[], byte[]>> records = kafka.readAll(TOPIC);
        assertThat(uris(records)).hasSize(FILES);
        int whole = records.size() - FILES;
        assertThat(whole % Announcer.TRANSACTION)
                .as("announced by the killed one: %d", whole)
                .isZero();
        assertThat(whole).isBetween(Announcer.TRANSACTION, FILES);
    }

    @Test
    void aSecondProcessEndsTheFirst() throws IOException {
        Announcer.Plan plan = new Announcer(directory.config(), progress(new ArrayList<>())).plan(request("*0.csv"));
        try (AnnouncementWriter first = new AnnouncementWriter(directory.config(), TOPIC);
                AnnouncementWriter second = new AnnouncementWriter(directory.config(), TOPIC)) {
            second.write(List.of());
            assertThatThrownBy(() -> first.write(List.of(AnnouncementText.record(
                            plan.input().files().announcement(),
                            TOPIC,
                            "k",
                            plan.files().get(0)))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                            "weir.pipeline: another announce of plant has begun; wait for its end, and then announce what"
                                    + " is --missing");
        }
        assertThat(kafka.readAll(TOPIC)).isEmpty();
    }

    @Test
    void namesTheTopicThatIsNotThere() throws Exception {
        try (var admin = kafka.admin()) {
            admin.deleteTopics(List.of(TOPIC)).all().get();
            await().until(() -> !admin.listTopics().names().get().contains(TOPIC));
        }
        Announcer announcer = new Announcer(directory.config(), progress(new ArrayList<>()));
        Announcer.Plan plan = announcer.plan(request("*00.csv"));
        assertThatThrownBy(() -> announcer.write(plan))
                .hasMessageStartingWith("--topic: file-events does not exist on " + kafka.bootstrapServers());
    }

    private static long end() {
        return kafka.readAll(TOPIC).size();
    }

    private static AnnounceRequest request(String match) {
        return new AnnounceRequest(directory.uri(), match, ".*/([^/]+)/[^/]+", Order.NAME, false, null);
    }

    private static Set<String> uris(List<ConsumerRecord<byte[], byte[]>> records) {
        Set<String> uris = new HashSet<>();
        records.forEach(record -> uris.add(uri(record)));
        return uris;
    }

    private static String uri(ConsumerRecord<byte[], byte[]> record) {
        try {
            JsonNode announcement = new ObjectMapper().readTree(record.value());
            return announcement.get("uri").asText();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Each sensor's files are on one partition, in the order of their names. */
    private static void assertOrdered(List<ConsumerRecord<byte[], byte[]>> records) {
        Map<String, String> before = new HashMap<>();
        Map<String, Integer> partitions = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            String sensor = new String(record.key(), StandardCharsets.UTF_8);
            assertThat(partitions.computeIfAbsent(sensor, key -> record.partition()))
                    .isEqualTo(record.partition());
            String uri = uri(record);
            assertThat(uri).contains('/' + sensor + '/');
            assertThat(before.getOrDefault(sensor, "")).isLessThan(uri);
            before.put(sensor, uri);
        }
    }

    private static Progress progress(List<Long> heard) {
        return new Progress() {
            @Override
            public void listed(long files) {}

            @Override
            public void announced(long announced, long total) {
                heard.add(announced);
            }
        };
    }
}
