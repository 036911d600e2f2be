package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.SecuredServers.Site;
import dev.weir.config.WeirConfig;
import dev.weir.testing.BrokerSecurity.Listener;
import dev.weir.testing.Certificates;
import dev.weir.testing.LakeReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The job with a Kafka and a PostgreSQL that demand TLS, a proof of who comes, and the least rights: as docs/security.md says, with its examples. */
@Timeout(120)
class SecuredJobIT {
    private static final String PROPERTIES = "weir.kafka.properties.";
    private static final Duration WITHIN = Duration.ofSeconds(60);
    private static final Duration REFUSED_WITHIN = Duration.ofSeconds(10);

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
    void aWrongKafkaPasswordIsRefused() throws Exception {
        Site site = site("kafka-password");
        site.passwords("another", SecuredServers.PASSWORD);

        assertRefused(
                site.config(Listener.SCRAM),
                "weir.kafka.properties.sasl.jaas.config: 127.0.0.1:",
                "refuses the credentials");
    }

    @Test
    void anotherSaslMechanismIsRefused() {
        assertRefused(
                site("mechanism").config(Listener.SCRAM, PROPERTIES + "sasl.mechanism", "SCRAM-SHA-256"),
                "weir.kafka.properties.sasl.mechanism: ",
                "SCRAM-SHA-512");
    }

    @Test
    void anAuthorityThatIsNotTrustedIsRefused() {
        assertRefused(
                site("authority")
                        .config(
                                Listener.SCRAM,
                                PROPERTIES + "ssl.truststore.location",
                                servers.certificates().unknownAuthority().toString()),
                "weir.kafka.properties.ssl.truststore.location: the certificate of 127.0.0.1:",
                "add the authority");
    }

    @Test
    void aBrokerOfAnotherNameIsRefused() {
        String servers = site("host").options(Listener.SCRAM).get("weir.kafka.bootstrap-servers");
        assertRefused(
                site("host-name")
                        .config(
                                Listener.SCRAM,
                                "weir.kafka.bootstrap-servers",
                                servers.replace("127.0.0.1", "localhost")),
                "weir.kafka.bootstrap-servers: the certificate of localhost:",
                "is for another host");
    }

    @Test
    void aClientWithoutACertificateIsRefused() {
        assertRefused(
                servers.site("no-certificate", Certificates.CLIENT, right -> true)
                        .config(
                                Listener.MUTUAL,
                                PROPERTIES + "ssl.keystore.location",
                                "",
                                PROPERTIES + "ssl.keystore.password",
                                "",
                                PROPERTIES + "ssl.keystore.type",
                                "",
                                PROPERTIES + "ssl.key.password",
                                ""),
                "weir.kafka.properties.ssl.keystore.location: 127.0.0.1:",
                "refuses the client's certificate");
    }

    @Test
    void aKeyStoreThatDoesNotOpenIsNamed() throws Exception {
        Site site = servers.site("key-store", Certificates.CLIENT, right -> true);
        Path file = site.secrets().resolve("kafka.properties");
        Files.writeString(file, Files.readString(file).replace("keystore-password", "forgotten"));

        assertRefused(site.config(Listener.MUTUAL), "weir.kafka.properties.", "SSL keystore", "weir.jks");
    }

    @Test
    void aSecretThatIsNotThereIsNamed() throws Exception {
        Site site = site("absent");
        String jaas =
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"weir\" password=\"%s\";";
        for (String reference : List.of("${env:WEIR_IS_NOT_SET}", "${file:/run/none:key}", "${dir:/run/none:key}")) {
            assertRefused(
                    site.config(Listener.SCRAM, PROPERTIES + "sasl.jaas.config", jaas.formatted(reference)),
                    "weir.kafka.properties.sasl.jaas.config: ");
        }
        assertRefused(
                site.config(
                        Listener.SCRAM,
                        "weir.postgres.password-file",
                        "",
                        "weir.postgres.password",
                        "${env:WEIR_IS_NOT_SET}"),
                "weir.postgres.password",
                "WEIR_IS_NOT_SET is not set");
    }

    @Test
    void aPasswordThatBreaksTheJaasConfigurationIsNotShown() throws Exception {
        Site site = site("quotes");
        site.passwords("pass\"word geheim=", SecuredServers.PASSWORD);

        assertThatThrownBy(() -> define(site.config(Listener.SCRAM)))
                .hasMessageStartingWith("weir.kafka.properties.sasl.jaas.config")
                .satisfies(e -> assertThat(everything(e)).doesNotContain("geheim"));
    }

    @Test
    void aMissingRightIsNamed() {
        assertRefused(without("no-topic", ResourceType.TOPIC, "no-topic"), "weir.kafka.topics: no right to ");
        assertRefused(
                without("no-dlq", ResourceType.TOPIC, "no-dlq-dlq"), "weir.dead-letter.topic: ", "no-dlq-dlq", "WRITE");
        assertRefused(
                without("no-group", ResourceType.GROUP, "no-group"),
                "weir.kafka.group: no right to use group no-group");
        assertRefused(
                without("no-id", ResourceType.TRANSACTIONAL_ID, "no-id-dead-letters"),
                "weir.pipeline: no right to write with transactional ids");
    }

    @Test
    void aGroupThatIsNotThereYetMayAlreadyBeForbidden() {
        // Who may only look is told that there is no such group, and no more.
        assertRefused(
                servers.site(
                                "group-look",
                                "User:" + SecuredServers.USER,
                                right -> right.pattern().resourceType() != ResourceType.GROUP,
                                new AclBinding(
                                        new ResourcePattern(ResourceType.GROUP, "group-look", PatternType.LITERAL),
                                        new AccessControlEntry(
                                                "User:" + SecuredServers.USER,
                                                "*",
                                                AclOperation.DESCRIBE,
                                                AclPermissionType.ALLOW)))
                        .config(Listener.SCRAM),
                "weir.kafka.group: no right to use group group-look");
    }

    @Test
    void doctorSeesTheRights() {
        DoctorVisit visit = DoctorVisit.of(site("doctor-may").options(Listener.SCRAM), directory);

        for (String check :
                List.of("kafka", "topics", "group", "transactions", "clock", "dead letters", "grants", "years")) {
            assertThat(visit.line(check)).startsWith("ok ");
        }
        assertThat(visit.line("transaction time"))
                .as("what the page does not grant, for the job does without")
                .startsWith("warn")
                .contains("at least 900000", "DESCRIBE_CONFIGS on the cluster");
        assertThat(visit.output()).doesNotContain(SecuredServers.PASSWORD, Certificates.STORE_PASSWORD);
    }

    @Test
    void doctorNamesTheRightsThatAreMissing() {
        Site site = servers.site(
                "doctor-may-not",
                "User:" + SecuredServers.USER,
                right -> isOn(right, ResourceType.TOPIC, "doctor-may-not"));

        DoctorVisit visit = DoctorVisit.of(site.options(Listener.SCRAM), directory);

        assertThat(visit.line("topics")).startsWith("ok ");
        assertThat(visit.line("group")).startsWith("FAIL").contains("weir.kafka.group: ", "grant READ");
        assertThat(visit.line("transactions")).startsWith("FAIL").contains("weir.pipeline: ", "grant WRITE");
        assertThat(visit.line("dead letters")).startsWith("FAIL").contains("weir.dead-letter.topic: ", "WRITE");
        assertThat(visit.exitCode()).isEqualTo(1);
    }

    @Test
    void aWrongDatabasePasswordIsRefused() throws Exception {
        Site site = site("database-password");
        site.passwords(SecuredServers.PASSWORD, "another");

        assertRefused(
                site.config(Listener.SCRAM),
                "weir.postgres.url: no connection as role weir_writer",
                "weir.postgres.password-file");
    }

    @Test
    void aDatabaseThatCannotBeTrustedIsRefused() {
        Site site = site("database-tls");
        String url = site.options(Listener.SCRAM).get("weir.postgres.url");

        assertRefused(
                site.config(
                        Listener.SCRAM,
                        "weir.postgres.url",
                        url.replaceFirst(
                                "sslrootcert=.*",
                                "sslrootcert=" + servers.certificates().unknownAuthorityPem())),
                "weir.postgres.url: ",
                "sslrootcert must name a file with the authority");
        assertRefused(
                site.config(Listener.SCRAM, "weir.postgres.url", url.replace("127.0.0.1", "localhost")),
                "weir.postgres.url: ",
                "certificate is for another host");
        assertRefused(
                site.config(Listener.SCRAM, "weir.postgres.url", url.replaceFirst("\\?.*", "?sslmode=disable")),
                "weir.postgres.url: ",
                "pg_hba.conf");
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

    private static Site site(String name) {
        return servers.site(name, "User:" + SecuredServers.USER, right -> true);
    }

    private static WeirConfig without(String name, ResourceType type, String resource) {
        return servers.site(name, "User:" + SecuredServers.USER, right -> !isOn(right, type, resource))
                .config(Listener.SCRAM);
    }

    private static boolean isOn(AclBinding right, ResourceType type, String resource) {
        return right.pattern().resourceType() == type && right.pattern().name().equals(resource);
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
        WeirJob.define(env, config);
        return env.getStreamGraph().getJobGraph();
    }

    /** At the start, soon, with all of these words and no secret. */
    private static void assertRefused(WeirConfig config, String begin, String... words) {
        long before = System.nanoTime();
        assertThatThrownBy(() -> define(config))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(begin)
                .satisfies(e -> assertThat(List.of(words))
                        .allSatisfy(word -> assertThat(e.getMessage()).contains(word)))
                .satisfies(e -> assertThat(everything(e)).doesNotContain(SecuredServers.PASSWORD, "key-password"));
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(REFUSED_WITHIN);
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
