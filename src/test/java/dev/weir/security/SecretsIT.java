package dev.weir.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.security.SecuredServers.Site;
import dev.weir.testing.BrokerSecurity.Listener;
import dev.weir.testing.Certificates;
import dev.weir.testing.FlinkProcesses;
import dev.weir.testing.FlinkProcesses.Command;
import dev.weir.testing.pipeline.SampleFeed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Secrets that stand as they are in {@code config.yaml} and on the command line, the worst that can be: nothing that a
 * process writes or answers shows one.
 */
@Timeout(300)
class SecretsIT {
    private static final String PROPERTIES = "weir.kafka.properties.";
    private static final String JAAS =
            "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"weir\" password=\"%s\";";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** In the values of every option that holds a secret. */
    private static final Map<String, String> SECRETS = new TreeMap<>(Map.of(
            "kafka", "marker-kafka-7f3a",
            "keystore", "marker-keystore-7f3a",
            "key", "marker-key-7f3a",
            "postgres", "marker-postgres-7f3a",
            "s3", "marker-s3-7f3a",
            "wrong", "marker-wrong-7f3a"));

    @TempDir
    Path directory;

    @Test
    void noLogNoAnswerAndNoOutputShowsOne() throws Exception {
        Map<String, String> shown = new LinkedHashMap<>();
        try (SecuredServers servers = new SecuredServers(directory.resolve("servers"))) {
            Site site = site(servers);
            Map<String, String> options = options(servers, site);
            Path processes = directory.resolve("processes");
            try (FlinkProcesses cluster = FlinkProcesses.start(processes, inFile(options, processes))) {
                // Kafka's clients print all that they are made of, where they are let.
                Path logging = processes.resolve("conf/log4j-cli.properties");
                Files.writeString(
                        logging,
                        Files.readString(logging).replace("logger.kafka.level = WARN", "logger.kafka.level = INFO"));
                runAndFail(new Commands(cluster, processes, shown), options);
                crawl(cluster, shown);
            }
            files(processes, shown);
        }

        assertThat(shown).containsKeys("/jobmanager/config", "/jobs/overview");
        assertThat(shown.keySet())
                .anyMatch(name -> name.startsWith("jobmanager") && name.endsWith(".out"))
                .anyMatch(name -> name.startsWith("taskmanager") && name.endsWith(".out"));
        assertThat(shown.get("good, log")).contains("ProducerConfig values", "sasl.jaas.config = [hidden]");
        assertThat(shown.get("/jobmanager/config")).contains(PROPERTIES + "sasl.jaas.config", "******");
        shown.forEach((where, text) ->
                SECRETS.values().forEach(secret -> assertThat(text).as(where).doesNotContain(secret)));
    }

    private static Site site(SecuredServers servers) {
        servers.kafkaPassword(SecuredServers.USER, SECRETS.get("kafka"));
        servers.postgres()
                .execute(
                        servers.postgres().url(),
                        "ALTER ROLE " + SecuredServers.ROLE + " PASSWORD '" + SECRETS.get("postgres") + "'");
        return servers.site("secrets", "User:" + SecuredServers.USER, right -> true);
    }

    private static Map<String, String> options(SecuredServers servers, Site site) {
        Map<String, String> options = site.options(Listener.SCRAM);
        options.remove("weir.postgres.password-file");
        options.remove("weir.catalog");
        options.put("weir.postgres.password", SECRETS.get("postgres"));
        options.put(PROPERTIES + "sasl.jaas.config", JAAS.formatted(SECRETS.get("kafka")));
        options.put(PROPERTIES + "ssl.truststore.password", Certificates.STORE_PASSWORD);
        options.put(
                PROPERTIES + "ssl.keystore.location",
                servers.certificates()
                        .clientStore("marked.jks", SECRETS.get("keystore"), SECRETS.get("key"))
                        .toString());
        options.put(PROPERTIES + "ssl.keystore.type", "JKS");
        options.put(PROPERTIES + "ssl.keystore.password", SECRETS.get("keystore"));
        options.put(PROPERTIES + "ssl.key.password", SECRETS.get("key"));
        return options;
    }

    private static Map<String, String> inFile(Map<String, String> options, Path directory) {
        Map<String, String> all = new LinkedHashMap<>();
        options.forEach((key, value) -> all.put(key, "'" + value + "'"));
        all.put("s3.access-key", "an-id");
        all.put("s3.secret-key", SECRETS.get("s3"));
        all.put(
                "execution.checkpointing.dir",
                directory.resolve("checkpoints").toUri().toString());
        return all;
    }

    /** A good run; one that the cluster refuses; and starts that fail on each secret. */
    private static void runAndFail(Commands commands, Map<String, String> options) throws IOException {
        Command good = commands.run("good", options);
        assertThat(good.exitCode()).as(good.output()).isZero();
        Command again = commands.run("again", options);
        assertThat(again.output()).contains("weir.kafka.start");
        List<Map<String, String>> wrong = List.of(
                Map.of("weir.postgres.password", SECRETS.get("wrong")),
                Map.of(PROPERTIES + "sasl.jaas.config", JAAS.formatted(SECRETS.get("wrong"))),
                Map.of(PROPERTIES + "sasl.jaas.config", JAAS.formatted("x\"" + SECRETS.get("wrong"))),
                Map.of(PROPERTIES + "ssl.keystore.password", SECRETS.get("wrong")),
                Map.of(PROPERTIES + "ssl.key.password", SECRETS.get("wrong")),
                Map.of("weir.postgres.url", "jdbc:postgresql://127.0.0.1/weir?password=" + SECRETS.get("wrong")));
        for (Map<String, String> one : wrong) {
            Command failed = commands.run("failed on " + one.keySet(), one);
            assertThat(failed.exitCode()).as(failed.output()).isNotZero();
        }
    }

    /** Keeps what each command printed and logged; the next one begins its log anew. */
    private record Commands(FlinkProcesses cluster, Path processes, Map<String, String> shown) {
        Command run(String name, Map<String, String> options) throws IOException {
            List<String> command = new ArrayList<>(List.of(
                    "run",
                    Path.of(System.getProperty("weir.jar")).toString(),
                    "-Dweir.catalog=" + Path.of("flink-conf/catalog.yaml").toAbsolutePath()));
            command.addAll(SampleFeed.arguments(options));
            Command result = cluster.flink(command.toArray(String[]::new));
            shown.put(name, result.output());
            shown.put(name + ", log", Files.readString(processes.resolve("cli.log")));
            return result;
        }
    }

    /** Everything that the REST interface tells about the cluster, its processes and its jobs. */
    private static void crawl(FlinkProcesses cluster, Map<String, String> shown) throws IOException {
        for (String path : List.of("/config", "/overview", "/cluster", "/jars", "/jobs/overview", "/datasets")) {
            shown.put(path, cluster.rest(path));
        }
        process(cluster, "/jobmanager", shown);
        String taskManagers = cluster.rest("/taskmanagers");
        shown.put("/taskmanagers", taskManagers);
        for (JsonNode one : JSON.readTree(taskManagers).path("taskmanagers")) {
            process(cluster, "/taskmanagers/" + one.path("id").asText(), shown);
        }
        for (JsonNode job : JSON.readTree(shown.get("/jobs/overview")).path("jobs")) {
            job(cluster, "/jobs/" + job.path("jid").asText(), shown);
        }
    }

    private static void process(FlinkProcesses cluster, String path, Map<String, String> shown) throws IOException {
        for (String part : List.of("", "/config", "/environment", "/logs", "/log", "/stdout", "/thread-dump")) {
            shown.put(path + part, cluster.rest(path + part));
        }
    }

    private static void job(FlinkProcesses cluster, String path, Map<String, String> shown) throws IOException {
        for (String part : List.of(
                "",
                "/config",
                "/plan",
                "/exceptions?maxExceptions=100",
                "/accumulators",
                "/checkpoints",
                "/checkpoints/config",
                "/jobmanager/config",
                "/jobmanager/environment",
                "/status")) {
            shown.put(path + part, cluster.rest(path + part));
        }
        for (JsonNode vertex : JSON.readTree(shown.get(path)).path("vertices")) {
            String at = path + "/vertices/" + vertex.path("id").asText();
            for (String part :
                    List.of("", "/taskmanagers", "/accumulators", "/subtasks/accumulators", "/subtasktimes")) {
                shown.put(at + part, cluster.rest(at + part));
            }
        }
    }

    /** What the processes wrote: all but the configuration, which holds what it was given. */
    private static void files(Path directory, Map<String, String> shown) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                shown.put(file.getFileName().toString(), Files.readString(file, StandardCharsets.UTF_8));
            }
        }
    }
}
