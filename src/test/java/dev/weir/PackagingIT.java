package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the two jars, read as a zip, and that the local one starts. */
class PackagingIT {
    private static final Path JOB_JAR = Path.of(System.getProperty("weir.jar"));
    private static final Path LOCAL_JAR = Path.of(System.getProperty("weir.local.jar"));

    @TempDir
    Path directory;

    @Test
    void jobJarLeavesFlinksOwnClassesToTheCluster() throws IOException {
        assertThat(entries(JOB_JAR))
                .noneMatch(name -> name.startsWith("org/apache/flink/streaming/"))
                .noneMatch(name -> name.startsWith("org/apache/flink/runtime/"))
                .noneMatch(name -> name.startsWith("org/apache/flink/api/common/"))
                .noneMatch(name -> name.startsWith("org/apache/flink/shaded/"))
                .noneMatch(name -> name.startsWith("org/apache/flink/connector/file/"))
                .noneMatch(name -> name.startsWith("org/rocksdb/"))
                .noneMatch(name -> name.startsWith("org/slf4j/"))
                .noneMatch(name -> name.startsWith("org/apache/logging/"))
                .noneMatch(name -> name.startsWith("org/apache/hadoop/"));
    }

    @Test
    void jobJarBringsConnectorsDriverMigrationsAndParquet() throws IOException {
        assertThat(entries(JOB_JAR))
                .contains(
                        "dev/weir/WeirJob.class",
                        "dev/weir/sink/postgres/migrations/V1__aggregates.sql",
                        "org/apache/flink/connector/kafka/source/KafkaSource.class",
                        "org/apache/flink/connector/base/source/reader/SourceReaderBase.class",
                        "org/apache/flink/connector/jdbc/core/datastream/sink/JdbcSink.class",
                        "org/apache/kafka/clients/consumer/KafkaConsumer.class",
                        "org/postgresql/Driver.class",
                        "org/flywaydb/core/Flyway.class",
                        "org/apache/parquet/hadoop/ParquetWriter.class",
                        "com/github/luben/zstd/Zstd.class");
    }

    @Test
    void jobJarNamesItsMainAndMergesServices() throws IOException {
        try (JarFile jar = new JarFile(JOB_JAR.toFile())) {
            Manifest manifest = jar.getManifest();
            assertThat(manifest.getMainAttributes().getValue("Main-Class")).isEqualTo("dev.weir.WeirJob");
            assertThat(text(jar, "META-INF/services/java.sql.Driver")).contains("org.postgresql.Driver");
            assertThat(text(jar, "META-INF/services/org.flywaydb.core.extensibility.Plugin"))
                    .contains("PostgreSQLDatabaseType")
                    .contains("CoreMigrationTypeResolver");
        }
    }

    @Test
    void neitherJarHoldsAnEntryTwiceASignatureOrAModule() throws IOException {
        for (Path jar : List.of(JOB_JAR, LOCAL_JAR)) {
            assertThat(entries(jar))
                    .as(jar.getFileName().toString())
                    .doesNotHaveDuplicates()
                    .noneMatch(name -> name.endsWith("module-info.class"))
                    .noneMatch(name -> name.matches("META-INF/[^/]*\\.(SF|DSA|RSA)"));
        }
    }

    @Test
    void localJarHoldsFlinkItsWebUiAndTheManifestThatOpensTheJdk() throws IOException {
        assertThat(entries(LOCAL_JAR))
                .contains(
                        "org/apache/flink/streaming/api/environment/StreamExecutionEnvironment.class",
                        "org/rocksdb/RocksDB.class",
                        "web/index.html",
                        "flink-rpc-akka.jar",
                        "META-INF/org/apache/logging/log4j/core/config/plugins/Log4j2Plugins.dat");
        try (JarFile jar = new JarFile(LOCAL_JAR.toFile())) {
            assertThat(jar.getManifest().getMainAttributes().getValue("Add-Opens"))
                    .contains("java.base/java.util ");
        }
    }

    @Test
    void localJarExplainsItself() throws Exception {
        Run help = run("--help");

        assertThat(help.output()).contains("run", "check");
        assertThat(help.exitCode()).isZero();
    }

    @Test
    void checkOfAnEmptyConfigurationFailsAndSaysWhy() throws Exception {
        Run check = run("check");

        assertThat(check.output()).contains("weir.kafka.bootstrap-servers");
        assertThat(check.exitCode()).isEqualTo(1);
    }

    private record Run(int exitCode, String output) {}

    private Run run(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m", "-jar"));
        command.add(LOCAL_JAR.toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), output);
    }

    /** In the order of the file: unlike {@link JarFile}, a stream shows an entry that is there twice. Directories are left out. */
    private static List<String> entries(Path jar) throws IOException {
        List<String> names = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(jar))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!entry.isDirectory()) {
                    names.add(entry.getName());
                }
            }
        }
        return names;
    }

    private static String text(JarFile jar, String entry) throws IOException {
        return new String(jar.getInputStream(jar.getEntry(entry)).readAllBytes(), StandardCharsets.UTF_8);
    }
}
