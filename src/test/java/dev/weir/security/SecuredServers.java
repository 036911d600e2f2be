package dev.weir.security;

import dev.weir.config.ConfigLoader;
import dev.weir.config.WeirConfig;
import dev.weir.postgres.Grants;
import dev.weir.postgres.Migrations;
import dev.weir.testing.BrokerSecurity.Listener;
import dev.weir.testing.Certificates;
import dev.weir.testing.KafkaBroker;
import dev.weir.testing.PostgresServer;
import dev.weir.testing.pipeline.SampleFeed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AclBinding;

/** A Kafka and a PostgreSQL that demand what docs/security.md is about, and configurations for them, made of its examples. */
final class SecuredServers implements AutoCloseable {
    static final String USER = "weir";
    static final String ROLE = "weir_writer";
    static final String PASSWORD = "first-password";

    private final Path directory;
    private final Certificates certificates;
    private final KafkaBroker broker;
    private final PostgresServer postgres;

    SecuredServers(Path directory) {
        this.directory = directory;
        certificates = Certificates.in(directory.resolve("certificates"));
        broker = KafkaBroker.startSecured(certificates);
        postgres = PostgresServer.startSecured(certificates);
        postgres.execute(postgres.url(), "CREATE ROLE " + ROLE + " LOGIN PASSWORD '" + PASSWORD + "'");
        postgres.requireTls(ROLE);
        kafkaPassword(USER, PASSWORD);
    }

    KafkaBroker broker() {
        return broker;
    }

    PostgresServer postgres() {
        return postgres;
    }

    Certificates certificates() {
        return certificates;
    }

    /** The user's password in the broker. */
    void kafkaPassword(String user, String password) {
        try (Admin admin = broker.admin()) {
            ScramCredentialInfo info = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096);
            admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(user, info, password)))
                    .all()
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * A pipeline with topics, tables, rights and secrets of its own.
     *
     * @param granted which of the page's rights
     * @param others that are not on the page
     */
    Site site(String name, String principal, Predicate<AclBinding> granted, AclBinding... others) {
        SampleFeed feed = new SampleFeed(broker, name, directory);
        broker.createTopic(feed.deadLetters(), 1, Map.of());
        String database = postgres.newDatabase();
        Migrations.apply(postgres.options(database));
        postgres.execute(database, Grants.of("public", ROLE));
        try (Admin admin = broker.admin()) {
            admin.createAcls(Stream.concat(
                                    SecurityPage.rights(principal, name).stream()
                                            .filter(granted),
                                    Arrays.stream(others))
                            .toList())
                    .all()
                    .get();
            Path secrets = Files.createDirectories(directory.resolve(name + "-secrets"));
            Files.copy(certificates.authority(), secrets.resolve("kafka-authority.p12"));
            Files.copy(certificates.authorityPem(), secrets.resolve("postgres-authority.pem"));
            Files.copy(
                    certificates.clientStore(name + ".jks", "keystore-password", "key-password"),
                    secrets.resolve("weir.jks"));
            Site site = new Site(name, feed, database, secrets);
            site.passwords(PASSWORD, PASSWORD);
            return site;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        broker.close();
        postgres.close();
    }

    /** One pipeline's place. */
    final class Site {
        private final String name;
        private final SampleFeed feed;
        private final String database;
        private final Path secrets;

        private Site(String name, SampleFeed feed, String database, Path secrets) {
            this.name = name;
            this.feed = feed;
            this.database = database;
            this.secrets = secrets;
        }

        SampleFeed feed() {
            return feed;
        }

        String database() {
            return database;
        }

        Path secrets() {
            return secrets;
        }

        /** What the files with the secrets hold from now on. */
        void passwords(String kafka, String database) throws IOException {
            Files.write(
                    secrets.resolve("kafka.properties"),
                    List.of(
                            "password=" + kafka,
                            "truststore=" + Certificates.STORE_PASSWORD,
                            "keystore=keystore-password",
                            "key=key-password"));
            Files.writeString(secrets.resolve("postgres-password"), database + "\n");
        }

        /** The page's examples for Kafka, and for PostgreSQL, as options of a bounded run. */
        Map<String, String> options(Listener listener) {
            String heading = listener == Listener.SCRAM ? "Kafka: user and password over TLS" : "Kafka: mutual TLS";
            Map<String, String> options = new TreeMap<>(feed.options(database, ROLE));
            options.remove("weir.postgres.password");
            options.putAll(SecurityPage.options(heading, secrets, directory));
            options.putAll(SecurityPage.options("PostgreSQL", secrets, directory));
            options.put("weir.kafka.bootstrap-servers", broker.securedServers(listener));
            options.put("weir.kafka.topics", name);
            options.computeIfPresent("weir.postgres.url", (key, url) -> database + url.substring(url.indexOf('?')));
            options.put("weir.kafka.stop", "latest");
            options.put("weir.catalog", Path.of("flink-conf/catalog.yaml").toString());
            options.put("execution.checkpointing.interval", "100 ms");
            return options;
        }

        /** The same with one option after another set otherwise: key, value, key, value. An empty value removes it. */
        WeirConfig config(Listener listener, String... changes) {
            Map<String, String> options = options(listener);
            for (int i = 0; i < changes.length; i += 2) {
                options.put(changes[i], changes[i + 1]);
            }
            options.values().removeAll(Arrays.asList(""));
            return new ConfigLoader().load(null, options).config();
        }
    }
}
