package dev.weir.announce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.announce.AnnounceRequest.Order;
import dev.weir.files.FileListing.Listed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files are announced, in which order and with which keys. */
class AnnouncerTest {
    @TempDir
    Path temp;

    private AnnouncedDirectory directory;

    @BeforeEach
    void files() throws IOException {
        directory = AnnouncedDirectory.in(temp, "localhost:1");
        directory.write("kiln-2/2026-03-01.csv", 10, 100);
        directory.write("kiln-1/2026-03-02.csv", 20, 300);
        directory.write("kiln-1/2026-03-01.csv", 30, 200);
        directory.write("kiln-1/old/notes.txt", 40, 50);
        directory.write("kiln-1/.2026-03-03.csv.tmp", 50, 400);
        directory.write("_SUCCESS", 0, 500);
    }

    @Test
    void announcesAllFilesByNameWithTheirUriAsKey() throws IOException {
        Announcer.Plan plan = plan(null, null, Order.NAME, null);

        assertThat(plan.topic()).isEqualTo("file-events");
        assertThat(plan.files())
                .containsExactly(
                        new Listed(directory.uri("kiln-1/2026-03-01.csv"), 30, 200_000),
                        new Listed(directory.uri("kiln-1/2026-03-02.csv"), 20, 300_000),
                        new Listed(directory.uri("kiln-1/old/notes.txt"), 40, 50_000),
                        new Listed(directory.uri("kiln-2/2026-03-01.csv"), 10, 100_000));
        assertThat(plan.keys())
                .containsExactlyElementsOf(
                        plan.files().stream().map(Listed::uri).toList());
        assertThat(plan.bytes()).isEqualTo(100);
        assertThat(plan.unmatched()).isEqualTo(2);
    }

    @Test
    void announcesByModificationTimeWithCapturedKeys() throws IOException {
        Announcer.Plan plan = plan("*.csv", ".*/([^/]+)/[^/]+", Order.MODIFIED, null);

        assertThat(plan.files()).extracting(Listed::modifiedMillis).containsExactly(100_000L, 200_000L, 300_000L);
        assertThat(plan.keys()).containsExactly("kiln-2", "kiln-1", "kiln-1");
    }

    @Test
    void comparesAGlobWithASlashWithThePathBelowTheDirectory() throws IOException {
        assertThat(plan("kiln-1/*", null, Order.NAME, null).files()).hasSize(3);
        assertThat(plan("**/*.txt", null, Order.NAME, null).files()).hasSize(1);
        assertThat(plan("_*", null, Order.NAME, null).files()).hasSize(1);
        assertThat(plan("none", null, Order.NAME, null).files()).isEmpty();
    }

    @Test
    void refusesWhatCannotBeAnnounced() throws IOException {
        assertRefused(
                "file:///etc",
                null,
                null,
                null,
                "--path file:///etc may not be read: not below any prefix of allow: " + directory.uri());
        assertRefused("/etc", null, null, null, "--path is no URI with a scheme");
        assertRefused(directory.uri("none"), null, null, null, "--path " + directory.uri("none") + " does not exist");
        assertRefused(directory.uri(), "{a", null, null, "--match is no glob (Missing '}): {a");
        assertRefused(directory.uri(), null, "(a", null, "--key is not a regular expression (Unclosed group): (a");
        assertRefused(directory.uri(), null, "a", null, "--key must have one group, got 0: a; put ( and )");
        assertRefused(
                directory.uri(),
                "*.*",
                ".*/([^/]+)/[^/]+[.]csv",
                null,
                "--key matches not the whole URI of 2 of 5 files, first "
                        + directory.uri("kiln-1/.2026-03-03.csv.tmp"));
        assertRefused(
                directory.uri(),
                null,
                null,
                "plain",
                "--topic plain: no input of the catalog with files takes this topic; inputs with files are for file-events");
        assertThatThrownBy(() ->
                        announcer().plan(new AnnounceRequest(directory.uri(), null, null, Order.NAME, true, null)))
                .hasMessageStartingWith("weir.postgres.url is missing: --missing reads");
    }

    @Test
    void needsATopicWhereSeveralAreRead() throws IOException {
        Path catalog = directory.conf().resolve("catalog.yaml");
        Files.writeString(
                catalog, Files.readString(catalog).replace("topics: [file-events]", "topics: [file-events, plain]"));
        assertRefused(
                directory.uri(), null, null, null, "--topic is missing: inputs with files are for file-events, plain");
        assertThat(plan(null, null, Order.NAME, "plain").topic()).isEqualTo("plain");
    }

    private void assertRefused(String path, String match, String key, String topic, String message) {
        assertThatThrownBy(() -> announcer().plan(new AnnounceRequest(path, match, key, Order.NAME, false, topic)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    private Announcer.Plan plan(String match, String key, Order order, String topic) throws IOException {
        return announcer().plan(new AnnounceRequest(directory.uri(), match, key, order, false, topic));
    }

    private Announcer announcer() {
        return new Announcer(directory.config(), new NoProgress());
    }

    private static final class NoProgress implements Progress {
        @Override
        public void listed(long files) {}

        @Override
        public void announced(long announced, long total) {
            throw new AssertionError("nothing is written");
        }
    }
}
