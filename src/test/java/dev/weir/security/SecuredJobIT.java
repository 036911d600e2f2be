package dev.weir.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.config.WeirConfig;
import dev.weir.job.JobDefinition;
import dev.weir.security.SecuredServers.Site;
import dev.weir.testing.BrokerSecurity.Listener;
import dev.weir.testing.Certificates;
import dev.weir.testing.LakeReader;
import dev.weir.testing.pipeline.PipelineRig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The job with a Kafka and a PostgreSQL that demand TLS, a proof of who comes, and the least rights: as docs/security.md says,
 * with its examples.
 */
@Timeout(120)
class SecuredJobIT {
    private static final String PROPERTIES = "weir.kafka.properties.";
    private static final Duration WITHIN = Duration.ofSeconds(60);

    @TempDir
    static Path directory;

    private static SecuredServers servers;
    private static PipelineRig rig;

    @BeforeAll
    static void start() throws Exception {
        servers = new SecuredServers(directory);
        rig = new PipelineRig(servers.broker());
    }

    @AfterAll
    static void stop() throws Exception {
        if (rig != null) {
            rig.close();
        }
        if (servers != null) {
            servers.close();
        }
    }

    @Test
    void runsWithScramAndVerifiedTlsAndTheRightsOfThePage() throws Exception {
        assertRuns(site("scram"), Listener.SCRAM);
    }

    @Test
    void runsWithMutualTls() throws Exception {
        assertRuns(servers.site("mutual", Certificates.CLIENT, right -> true), Listener.MUTUAL);
    }

    @Test
    void runsWithSecretsFromTheEnvironment() throws Exception {
        // A variable that every environment has, and no other place.
        String secret = System.getenv("PATH");
        servers.kafkaPassword("by-environment", secret);
        servers.postgres()
                .execute(
                        servers.postgres().url(),
                        "CREATE ROLE by_environment LOGIN PASSWORD '" + secret + "' IN ROLE " + SecuredServers.ROLE);
        servers.postgres().requireTls("by_environment");
        Site site = servers.site("environment", "User:by-environment", right -> true);

        assertRuns(
                site,
                Listener.SCRAM,
                PROPERTIES + "sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"by-environment\" password=\"${env:PATH}\";",
                "weir.postgres.user",
                "by_environment",
                "weir.postgres.password-file",
                "",
                "weir.postgres.password",
                "${env:PATH}");
    }

    @Test
    void aJobThatIsRefusedBeforeItHasWorkedEndsWithoutARestart() throws Exception {
        Site site = site("later");
        JobGraph job = define(site.config(Listener.SCRAM));
        servers.kafkaPassword(SecuredServers.USER, "changed-since");
        try {
            assertThat(refusal(job)).contains("weir.kafka.properties.sasl.jaas.config: 127.0.0.1:");
        } finally {
            servers.kafkaPassword(SecuredServers.USER, SecuredServers.PASSWORD);
        }
    }

    @Test
    void aJobWhoseProcessesLackTheSecretEndsWithoutARestart() throws Exception {
        Site site = site("unmounted");
        JobGraph job = define(site.config(Listener.SCRAM));
        Files.delete(site.secrets().resolve("kafka-authority.p12"));

        assertThat(refusal(job)).contains("weir.kafka.properties.ssl.truststore.location: cannot read");
    }

    @Test
    void rotatedPasswordsAreTakenUpWithoutARestart() throws Exception {
        servers.kafkaPassword("rotating", "one");
        servers.postgres()
                .execute(
                        servers.postgres().url(),
                        "CREATE ROLE rotating LOGIN PASSWORD 'one' IN ROLE " + SecuredServers.ROLE);
        servers.postgres().requireTls("rotating");
        Site site = servers.site("rotation", "User:rotating", right -> true);
        site.passwords("one", "one");
        String jaas = site.options(Listener.SCRAM).get(PROPERTIES + "sasl.jaas.config");
        JobGraph job = define(site.config(
                Listener.SCRAM,
                PROPERTIES + "sasl.jaas.config",
                jaas.replace("username=\"weir\"", "username=\"rotating\""),
                "weir.postgres.user",
                "rotating",
                "weir.kafka.stop",
                "never"));
        JobID id = rig.cluster().submitJob(job).get().getJobID();
        site.feed().sendReadings(0, 60);
        await().atMost(WITHIN).until(() -> accepted(site) == 120);
        awaitCommittedOffsets("rotation", 2);

        site.passwords("two", "two");
        servers.kafkaPassword("rotating", "two");
        servers.postgres()
                .execute(
                        servers.postgres().url(),
                        "ALTER ROLE rotating PASSWORD 'two'",
                        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = 'rotating'");
        servers.broker().restart();
        site.feed().sendReadings(60, 120);
        site.feed().sendBadEvents();
        await().atMost(WITHIN).until(() -> accepted(site) == 240);
        await().atMost(WITHIN)
                .until(() -> servers.broker().readAll(site.feed().deadLetters()).size() == 3);

        assertThat(restarts(id)).isZero();
        rig.cluster().cancelJob(id).get();
    }

    /**
     * Every reader has a connection to the group's coordinator: between the two changes of the password below nobody may need a
     * new one.
     */
    private static void awaitCommittedOffsets(String group, int partitions) {
        try (Admin admin = servers.broker().admin()) {
            await().atMost(WITHIN)
                    .until(() -> admin.listConsumerGroupOffsets(group)
                                    .partitionsToOffsetAndMetadata()
                                    .get()
                                    .size()
                            == partitions);
        }
    }

    private static Site site(String name) {
        return servers.site(name, "User:" + SecuredServers.USER, right -> true);
    }

    /** The whole job has run, with everything committed and without a restart. */
    private static void assertRuns(Site site, Listener listener, String... changes) throws Exception {
        site.feed().sendBadEvents();
        site.feed().sendReadings(0, 150);

        JobID id = rig.cluster()
                .submitJob(define(site.config(listener, changes)))
                .get()
                .getJobID();
        rig.cluster()
                .requestJobResult(id)
                .get(WITHIN.toSeconds(), TimeUnit.SECONDS)
                .toJobExecutionResult(SecuredJobIT.class.getClassLoader());

        assertThat(restarts(id)).isZero();
        assertThat(accepted(site)).isEqualTo(300);
        assertThat(number(site, "SELECT sum(count)::bigint FROM sensor_aggregates WHERE window_seconds = 60"))
                .isEqualTo(300);
        assertThat(new LakeReader(site.feed().lake()).readings()).hasSize(300);
        assertThat(servers.broker().readAll(site.feed().deadLetters())).hasSize(3);
    }

    /** What {@code main} does before it executes. */
    private static JobGraph define(WeirConfig config) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(rig.jobConfiguration());
        env.setParallelism(2);
        JobDefinition.define(env, config);
        return env.getStreamGraph().getJobGraph();
    }

    /** The job has failed, in its first attempt; what it and all its causes say. */
    private static String refusal(JobGraph job) throws Exception {
        JobID id = rig.cluster().submitJob(job).get().getJobID();
        var result = rig.cluster().requestJobResult(id).get(WITHIN.toSeconds(), TimeUnit.SECONDS);
        assertThat(result.isSuccess()).isFalse();
        assertThat(restarts(id)).isZero();
        return everything(result.getSerializedThrowable().orElseThrow());
    }

    private static int restarts(JobID id) throws Exception {
        return rig.cluster().getArchivedExecutionGraph(id).get().getAllVertices().values().stream()
                .flatMap(vertex -> Arrays.stream(vertex.getTaskVertices()))
                .mapToInt(task -> task.getCurrentExecutionAttempt().getAttemptNumber())
                .max()
                .orElseThrow();
    }

    private static String everything(Throwable error) {
        StringBuilder text = new StringBuilder();
        for (Throwable t = error; t != null; t = t.getCause()) {
            text.append(t).append('\n');
        }
        return text.toString();
    }

    private static long accepted(Site site) {
        return number(
                site, "SELECT coalesce(sum(value), 0)::bigint FROM weir_books WHERE counter = 'readings.accepted'");
    }

    private static long number(Site site, String query) {
        return Long.parseLong(servers.postgres().rows(site.database(), query).get(0));
    }
}
