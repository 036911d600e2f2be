package dev.weir.packaging;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** What is inside the two jars of {@code ./mvnw package}. */
class PackagingIT {
    private static final Path JOB_JAR = Path.of(System.getProperty("weir.jar"));
    private static final Path LOCAL_JAR = Path.of(System.getProperty("weir.local.jar"));

    /** Flink's jars but the connectors: flink-connector-files is in lib/ too, but holds flink-connector-base a second time. */
    private static final Pattern OF_THE_DISTRIBUTION = Pattern.compile(
            "flink-(?!connector-)[a-z0-9-]+-[0-9].*\\.jar|(frocksdbjni|kryo|javassist|log4j|slf4j).*\\.jar");

    @Test
    void theJobJarLeavesOutWhatTheClusterHas() throws IOException {
        assertThat(entries(JOB_JAR))
                .filteredOn(startsWithOneOf(
                        // Not all of streaming/: the Kafka connector still has classes below it.
                        "org/apache/flink/streaming/api/",
                        "org/apache/flink/streaming/runtime/",
                        "org/apache/flink/runtime/",
                        "org/apache/flink/api/common/",
                        "org/apache/flink/connector/file/",
                        "org/apache/flink/metrics/prometheus/",
                        "org/apache/flink/shaded/",
                        "org/apache/hadoop/",
                        "org/apache/logging/",
                        "org/rocksdb/",
                        "org/slf4j/",
                        "com/esotericsoftware/",
                        "org/xerial/snappy/",
                        "web/"))
                .isEmpty();
    }

    @Test
    void theJobJarSharesNoClassWithFlink() throws IOException {
        Set<String> ofFlink = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(jar -> OF_THE_DISTRIBUTION
                        .matcher(jar.getFileName().toString())
                        .matches())
                .flatMap(jar -> classes(jar).stream())
                .collect(toSet());

        assertThat(ofFlink).contains("org/apache/flink/streaming/api/environment/StreamExecutionEnvironment.class");
        assertThat(classes(JOB_JAR)).filteredOn(ofFlink::contains).isEmpty();
    }

    @Test
    void theJobJarBringsWhatTheClusterLacks() throws IOException {
        assertThat(entries(JOB_JAR))
                .contains(
                        "dev/weir/WeirJob.class",
                        "dev/weir/postgres/migrations/V1__aggregates.sql",
                        "org/apache/flink/connector/base/DeliveryGuarantee.class",
                        "org/apache/flink/connector/kafka/source/KafkaSource.class",
                        "org/apache/flink/connector/jdbc/core/datastream/sink/JdbcSink.class",
                        "org/apache/kafka/clients/producer/KafkaProducer.class",
                        "org/apache/parquet/hadoop/ParquetWriter.class",
                        "org/flywaydb/core/Flyway.class",
                        "org/postgresql/Driver.class",
                        "com/github/luben/zstd/Zstd.class");
    }

    @Test
    void theLocalJarBringsFlinkAndItsWebInterface() throws IOException {
        assertThat(entries(LOCAL_JAR))
                .contains(
                        "dev/weir/WeirJob.class",
                        "log4j2.properties",
                        "org/apache/flink/connector/base/DeliveryGuarantee.class",
                        "org/apache/flink/connector/file/sink/FileSink.class",
                        "org/apache/flink/metrics/prometheus/PrometheusReporter.class",
                        "org/apache/flink/runtime/minicluster/MiniCluster.class",
                        "org/apache/logging/log4j/core/LoggerContext.class",
                        "org/rocksdb/RocksDB.class",
                        "flink-rpc-akka.jar",
                        "web/index.html");
    }

    @Test
    void noEntryIsInAJarTwice() throws IOException {
        assertThat(entries(JOB_JAR)).doesNotHaveDuplicates();
        assertThat(entries(LOCAL_JAR)).doesNotHaveDuplicates();
    }

    @Test
    void noSignatureOrModuleOfAMergedJarIsLeft() throws IOException {
        Pattern leftover = Pattern.compile("META-INF/[^/]+\\.(SF|DSA|RSA)|(.*/)?module-info\\.class");

        assertThat(entries(JOB_JAR)).filteredOn(leftover.asMatchPredicate()).isEmpty();
        assertThat(entries(LOCAL_JAR)).filteredOn(leftover.asMatchPredicate()).isEmpty();
    }

    @Test
    void servicesOfSeveralJarsAreMerged() throws IOException {
        String plugins = "META-INF/services/org.flywaydb.core.extensibility.Plugin";

        assertThat(text(JOB_JAR, plugins))
                .contains("org.flywaydb.core.internal.resource.CoreResourceTypeProvider")
                .contains("org.flywaydb.database.postgresql.PostgreSQLDatabaseType");
        assertThat(text(JOB_JAR, "META-INF/services/java.sql.Driver")).contains("org.postgresql.Driver");
    }

    /** NOTICE names the text for each part that is not under Apache-2.0; some are for what only the local jar bundles. */
    @Test
    void bothJarsCarryTheLicenceAndTheTextsThatTheNoticeNames() throws IOException {
        for (Path jar : List.of(JOB_JAR, LOCAL_JAR)) {
            assertThat(text(jar, "META-INF/LICENSE")).contains("Apache License", "Version 2.0, January 2004");
            String notice = text(jar, "META-INF/NOTICE");
            assertThat(notice.strip()).startsWith("Weir\n");
            assertThat(Pattern.compile("\\b[a-z0-9.-]+\\.txt\\b")
                            .matcher(notice.substring(0, notice.indexOf("web/3rdpartylicenses.txt")))
                            .results()
                            .map(name -> "META-INF/licenses/" + name.group()))
                    .isNotEmpty()
                    .isSubsetOf(entries(jar));
        }
    }

    @Test
    void flinkRunFindsTheJob() throws IOException {
        assertThat(manifest(JOB_JAR).getValue("Main-Class")).isEqualTo("dev.weir.WeirJob");
        assertThat(manifest(JOB_JAR).getValue("Multi-Release")).isEqualTo("true");
    }

    /** The tests run with pom's jvm.opens on the command line; the manifest has its own list. */
    @Test
    void theLocalJarOpensWhatTheTestsRunWith() throws IOException {
        List<String> opens = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-opens="))
                .map(argument -> argument.substring("--add-opens=".length()).replace("=ALL-UNNAMED", ""))
                .toList();

        Attributes manifest = manifest(LOCAL_JAR);
        assertThat(manifest.getValue("Add-Opens").split(" ", -1)).containsExactlyInAnyOrderElementsOf(opens);
        assertThat(manifest.getValue("Main-Class")).isEqualTo("dev.weir.cli.Weir");
        assertThat(manifest.getValue("Multi-Release")).isEqualTo("true");
    }

    private static Predicate<String> startsWithOneOf(String... prefixes) {
        return entry -> Stream.of(prefixes).anyMatch(entry::startsWith);
    }

    private static List<String> entries(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(ZipEntry::getName)
                    .toList();
        }
    }

    /** Without those for newer Java versions: they repeat the names. */
    private static Set<String> classes(Path jar) {
        try {
            return entries(jar).stream()
                    .filter(entry -> entry.endsWith(".class") && !entry.startsWith("META-INF/"))
                    .filter(entry -> !entry.equals("module-info.class"))
                    .collect(toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Attributes manifest(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.getManifest().getMainAttributes();
        }
    }

    private static String text(Path jar, String entry) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return new String(file.getInputStream(file.getJarEntry(entry)).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
