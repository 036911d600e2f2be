package dev.weir.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.files.Allowed.RefusedFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an announcement may name, and by which tricks it might reach another file. */
class AllowedTest {
    private static final Allowed BUCKET = new Allowed(List.of("s3://plant-raw/inbox/", "S3://Other"));

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "s3://plant-raw/inbox/a.csv, s3://plant-raw/inbox/a.csv",
        "S3://PLANT-RAW/inbox//b/./a.csv, s3://plant-raw/inbox/b/a.csv",
        "s3://plant-raw/inbox/x/../a.csv, s3://plant-raw/inbox/a.csv",
        "s3://plant-raw/other/../inbox/a.csv, s3://plant-raw/inbox/a.csv",
        "s3://plant-raw/inbox, s3://plant-raw/inbox",
        "s3://plant-raw/inbox/a%20b.csv, s3://plant-raw/inbox/a%20b.csv",
        "s3://plant-raw/inbox/...csv, s3://plant-raw/inbox/...csv",
        "s3://other/anything, s3://other/anything"
    })
    void readsWhatIsBelowAPrefix(String uri, String normalized) throws RefusedFileException {
        assertThat(BUCKET.check(uri)).isEqualTo(normalized);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3://plant-raw/secret/a.csv",
                "s3://plant-raw/inbox2/a.csv",
                "s3://plant-raw/Inbox/a.csv",
                "s3://plant-raw/inbox/../secret/a.csv",
                "s3://plant-raw/inbox/x/../../secret/a.csv",
                "s3://plant-raw/inbox/..",
                "s3://plant-raw/inbox/./../secret",
                "s3://plant-raw/inbox//../secret",
                "s3://plant-raw/inbox\\..\\secret",
                "s3://plant-raw\\..\\inbox/../secret",
                "s3://plant-raw/../plant-raw/inbox/a.csv",
                "s3://plant-raw/inbox/%2e%2e/secret/a.csv",
                "s3://plant-raw/inbox/%2E./secret/a.csv",
                "s3://plant-raw/inbox/.%2e/secret/a.csv",
                "s3://plant-raw/inbox/%252e%252e/secret/a.csv",
                "s3://plant-raw/inbox/a\0.csv",
                "s3://plant-raw/inbox/a\n.csv",
                "s3://plant-raw.evil.example/inbox/a.csv",
                "s3://plant-raw@evil.example/inbox/a.csv",
                "s3://key:secret@plant-raw/inbox/a.csv",
                "s3://evil#@plant-raw/inbox/a.csv",
                "s3://plant%2draw/inbox/a.csv",
                "s3://plant-raw:99999999/inbox/a.csv",
                "s3:///plant-raw/inbox/a.csv",
                "s3:/plant-raw/inbox/a.csv",
                "s3a://plant-raw/inbox/a.csv",
                "gs://plant-raw/inbox/a.csv",
                "http://plant-raw/inbox/a.csv",
                "file:///plant-raw/inbox/a.csv",
                "file:/etc/passwd",
                "/etc/passwd",
                "inbox/a.csv",
                "",
                "://",
                "s3:",
                "s3://"
            })
    void refusesEverythingElse(String uri) {
        assertThatThrownBy(() -> BUCKET.check(uri)).isInstanceOf(RefusedFileException.class);
    }

    @Test
    void saysWhyWithoutRepeatingWhatMayHoldASecret() {
        assertThatThrownBy(() -> BUCKET.check("s3://key:secret@plant-raw/inbox/a.csv"))
                .hasMessage("the URI contains a password: configure credentials in Flink");
        assertThatThrownBy(() -> BUCKET.check("s3a://plant-raw/inbox/a"))
                .hasMessage("not below any prefix of allow: s3://plant-raw/inbox, s3://other");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:/data", "file:///data", "file://localhost/data/", "FILE:////data//x/.."})
    void localFilesAreWrittenInSeveralWays(String prefix) throws RefusedFileException {
        Allowed allowed = new Allowed(List.of(prefix));
        assertThat(allowed.check("file:/data/a")).isEqualTo("file:///data/a");
        assertThat(allowed.check("file://LOCALHOST//data/a")).isEqualTo("file:///data/a");
        assertThatThrownBy(() -> allowed.check("file://elsewhere/data/a")).isInstanceOf(RefusedFileException.class);
        assertThatThrownBy(() -> allowed.check("file:///data/../etc/passwd")).isInstanceOf(RefusedFileException.class);
    }

    @Test
    void followsSymbolicLinksAndRefusesThoseThatLeadOutside() throws Exception {
        Path allow = Files.createDirectories(directory.resolve("allow"));
        Path secret = Files.writeString(
                Files.createDirectories(directory.resolve("secret")).resolve("a.csv"), "x");
        Path good = Files.writeString(allow.resolve("a.csv"), "y");
        Files.createSymbolicLink(allow.resolve("file.csv"), secret);
        Files.createSymbolicLink(allow.resolve("up"), secret.getParent());
        Files.createSymbolicLink(allow.resolve("within.csv"), good);
        Allowed allowed = new Allowed(List.of("file:" + allow));
        for (String name : List.of("file.csv", "up/a.csv", "up")) {
            String uri = allowed.check("file:" + allow.resolve(name));
            assertThatThrownBy(() -> allowed.resolve(uri))
                    .isInstanceOf(RefusedFileException.class)
                    .hasMessage("a symbolic link leads outside of allow");
        }
        assertThat(allowed.resolve(allowed.check("file:" + allow.resolve("within.csv"))))
                .isEqualTo("file://" + good.toRealPath());
        assertThatThrownBy(() -> allowed.resolve(allowed.check("file:" + allow.resolve("none"))))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aPrefixMayItselfBeALink() throws Exception {
        Path real = Files.createDirectories(directory.resolve("real"));
        Files.writeString(real.resolve("a.csv"), "x");
        Path link = Files.createSymbolicLink(directory.resolve("link"), real);
        Allowed allowed = new Allowed(List.of("file:" + link));
        assertThat(allowed.resolve(allowed.check("file:" + link + "/a.csv")))
                .isEqualTo("file://" + real.toRealPath().resolve("a.csv"));
        assertThatThrownBy(() -> allowed.check("file:" + real + "/a.csv")).isInstanceOf(RefusedFileException.class);
    }

    /** Opening a pipe would block until somebody writes into it. */
    @Test
    void refusesPipesAndDevices() throws RefusedFileException, IOException {
        Allowed allowed = new Allowed(List.of("file:///dev"));
        assertThatThrownBy(() -> allowed.resolve(allowed.check("file:///dev/zero")))
                .isInstanceOf(RefusedFileException.class)
                .hasMessage("neither a file nor a directory, but a device or a pipe");
    }

    @Test
    void azureNamesTheContainerInFrontOfTheAccount() throws RefusedFileException {
        Allowed allowed = new Allowed(List.of("abfss://raw@plant.dfs.core.windows.net/in/"));
        assertThat(allowed.check("abfss://Raw@plant.dfs.core.windows.net/in/a"))
                .isEqualTo("abfss://raw@plant.dfs.core.windows.net/in/a");
        assertThatThrownBy(() -> allowed.check("abfss://other@plant.dfs.core.windows.net/in/a"))
                .isInstanceOf(RefusedFileException.class);
    }

    @Test
    void anUnusablePrefixIsRefusedAtOnce() {
        for (String prefix : List.of("s3://", "data", "s3://user:password@b/", "s3://a@b@c/", "s3://b/..")) {
            assertThatThrownBy(() -> new Allowed(List.of(prefix))).isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** What passed stays below the prefix for whoever resolves dots, decodes and collapses slashes behind us, Flink included. */
    @Property(tries = 3_000)
    void whatPassesIsBelowThePrefix(@ForAll("uris") String uri) {
        String normalized;
        try {
            normalized = BUCKET.check(uri);
        } catch (RefusedFileException e) {
            return;
        }
        assertThat(normalized).matches("s3://(plant-raw/inbox|other)(/.*)?");
        assertThat(FileUri.normalize(normalized)).isEqualTo(normalized);
        assertThat(FileUri.flinkPath(normalized).toString()).isEqualTo(normalized);
        assertThat(normalized
                        .replace("%25", "%")
                        .replace("%2e", ".")
                        .replace("%2E", ".")
                        .split("/", -1))
                .doesNotContain("..", ".");
    }

    @Provide
    Arbitrary<String> uris() {
        return Arbitraries.of(
                        "/",
                        "\\",
                        "..",
                        ".",
                        "%2e",
                        "%2E%2e",
                        "%25",
                        "plant-raw",
                        "inbox",
                        "other",
                        "secret",
                        "s3:",
                        "//",
                        "@",
                        "a",
                        ":",
                        "?",
                        "#",
                        " ",
                        "é")
                .list()
                .ofMaxSize(10)
                .map(parts -> "s3://plant-raw/inbox" + String.join("", parts));
    }
}
