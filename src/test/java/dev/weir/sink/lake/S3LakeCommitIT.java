package dev.weir.sink.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.WeirConfig;
import dev.weir.config.WeirOptions;
import dev.weir.core.model.Reading;
import dev.weir.metrics.SinkMetrics;
import dev.weir.testing.LakeReader;
import dev.weir.testing.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.plugin.DefaultPluginManager;
import org.apache.flink.core.plugin.DirectoryBasedPluginFinder;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.testutils.MetricListener;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commits on a real S3 server, by the plugin that the image ships: repeated, and of files that are gone. */
class S3LakeCommitIT {
    private static final String BUCKET = "weir";
    private static final Reading MONDAY = LakeHarness.reading("2024-01-01T12:00:00Z", 1);

    @TempDir
    static Path directory;

    private static S3Server s3;

    private final MetricListener metrics = new MetricListener();

    @BeforeAll
    static void startServerAndPlugin() throws IOException {
        s3 = S3Server.start(directory, BUCKET);
        // Not in the temporary directory: the plugin still loads classes while the JVM ends.
        Path plugin = Files.createDirectories(Path.of("target/plugins/s3"));
        try (Stream<Path> jars = Files.list(Path.of("target/processes"))) {
            for (Path jar : jars.filter(S3LakeCommitIT::isPlugin).toList()) {
                Files.copy(jar, plugin.resolve(jar.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Configuration flink = Configuration.fromMap(s3.optionsWithCredentials());
        FileSystem.initialize(
                flink,
                new DefaultPluginManager(
                        new DirectoryBasedPluginFinder(plugin.getParent()).findPlugins(),
                        CoreOptions.getPluginParentFirstLoaderPatterns(flink)));
    }

    @AfterAll
    static void stop() {
        FileSystem.initialize(new Configuration(), null);
        s3.close();
    }

    @Test
    void aRepeatedCommitChangesNothing() throws IOException {
        try (LakeHarness<Reading> harness = harness("repeated")) {
            List<LakeFile> files = harness.write(MONDAY).checkpoint();
            harness.commit(files);
            assertThat(harness.commit(files)).noneMatch(request -> request.retryLater);
        }
        assertThat(new LakeReader(s3.files(BUCKET, "repeated")).readings()).containsExactly(MONDAY);
        assertThat(count(LakeMetrics.FILES_MISSING)).isZero();
    }

    /** A start from a savepoint commits the savepoint's files again; the user's compaction has removed one since. */
    @Test
    void aFileThatWasCommittedAndCompactedAwayIsCountedAndDoesNotStopTheJob() throws IOException {
        try (LakeHarness<Reading> harness = harness("compacted")) {
            List<LakeFile> files = harness.write(MONDAY).checkpoint();
            harness.commit(files);
            delete(files.get(0));
            assertThat(harness.commit(files)).noneMatch(request -> request.retryLater);
        }
        assertThat(count(LakeMetrics.FILES_MISSING)).isEqualTo(1);
        assertThat(count(LakeMetrics.FILES_COMMITTED)).isEqualTo(1);
        assertThat(count(SinkMetrics.COMMIT_RETRIES)).isZero();
    }

    /** As a compaction that keeps the name does. */
    @Test
    void aFileThatWasCommittedAndRewrittenUnderItsNameIsThere() throws IOException {
        try (LakeHarness<Reading> harness = harness("rewritten")) {
            List<LakeFile> files = harness.write(MONDAY).checkpoint();
            harness.commit(files);
            var path = new org.apache.flink.core.fs.Path(files.get(0).path());
            try (var out = path.getFileSystem().create(path, FileSystem.WriteMode.OVERWRITE)) {
                out.write(new byte[10]);
            }
            assertThat(harness.commit(files)).noneMatch(request -> request.retryLater);
        }
        assertThat(count(LakeMetrics.FILES_MISSING)).isZero();
    }

    private LakeHarness<Reading> harness(String lake) throws IOException {
        WeirConfig.Lake config = new WeirConfig.Lake("s3://" + BUCKET + "/" + lake, WeirOptions.Compression.ZSTD, 64);
        return new LakeHarness<>(new ReadingTable(), config, metrics.getMetricGroup());
    }

    private static void delete(LakeFile file) throws IOException {
        var path = new org.apache.flink.core.fs.Path(file.path());
        assertThat(path.getFileSystem().delete(path, false)).isTrue();
    }

    private long count(String counter) {
        return metrics.getCounter(counter).map(Counter::getCount).orElseThrow();
    }

    private static boolean isPlugin(Path jar) {
        return jar.getFileName().toString().startsWith("flink-s3-fs-hadoop");
    }
}
