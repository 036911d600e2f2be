package dev.weir.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.config.WeirConfig;
import dev.weir.doctor.DoctorVisit;
import dev.weir.job.JobDefinition;
import dev.weir.security.SecuredServers.Site;
import dev.weir.testing.BrokerSecurity.Listener;
import dev.weir.testing.Certificates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.Configuration;
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

/**
 * Starts that a secured Kafka or PostgreSQL refuses: at once, with the option and the cure, and without a secret. What
 * docs/security.md says.
 */
@Timeout(120)
class SecuredStartIT {
    private static final String PROPERTIES = "weir.kafka.properties.";
    private static final Duration REFUSED_WITHIN = Duration.ofSeconds(10);

    @TempDir
    static Path directory;

    private static SecuredServers servers;

    @BeforeAll
    static void start() throws Exception {
        servers = new SecuredServers(directory);
    }

    @AfterAll
    static void stop() {
        if (servers != null) {
            servers.close();
        }
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

    /** What {@code main} does before it executes. */
    private static void define(WeirConfig config) {
        JobDefinition.define(StreamExecutionEnvironment.getExecutionEnvironment(new Configuration()), config);
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

    private static String everything(Throwable error) {
        StringBuilder text = new StringBuilder();
        for (Throwable t = error; t != null; t = t.getCause()) {
            text.append(t).append('\n');
        }
        return text.toString();
    }
}
