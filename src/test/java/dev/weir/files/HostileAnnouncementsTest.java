package dev.weir.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.core.catalog.Files.Announcement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Announcements that are made to cost much or to lead elsewhere. */
class HostileAnnouncementsTest {

    @Test
    void anAnnouncementOfVeryManyFilesIsRefusedAsAWhole() {
        String line = "s3://b/a\n";

        assertThat(parsed(line.repeat(Announcements.MAX_FILES)).files()).hasSize(Announcements.MAX_FILES);
        assertThat(parsed(line.repeat(Announcements.MAX_FILES + 1)).fault()).isEqualTo("more than 1000 files");
    }

    /** A regular expression would take hours for it. */
    @Test
    void aVeryLongUriIsRefusedAtOnce() {
        String uri = "s3://" + ":".repeat(1 << 20);

        assertThatThrownBy(() -> FileUri.normalize(uri)).hasMessage("is longer than 4096 characters");
    }

    /** For the file system a backslash is a part of a name; in a URI it would separate two. */
    @Test
    void aLinkToANameWithBackslashesLeadsNowhereElse(@TempDir Path directory) throws Exception {
        Path real = directory.toRealPath();
        Path allow = Files.createDirectories(real.resolve("raw"));
        Files.writeString(real.resolve("secret.csv"), "secret");
        Path named = Files.writeString(allow.resolve("a\\..\\..\\secret.csv"), "harmless");
        Files.createSymbolicLink(allow.resolve("x.csv"), named);
        Allowed allowed = new Allowed(List.of(allow.toUri().toString()));
        String checked = allowed.check("file://" + allow + "/x.csv");

        assertThatThrownBy(() -> allowed.resolve(checked)).isInstanceOf(Allowed.RefusedFileException.class);
    }

    /** Waiting for such a file would stop its partition for ever. */
    @Test
    void aPathThatNoFileCanHaveIsMissing(@TempDir Path directory) throws Exception {
        Path real = directory.toRealPath();
        Files.writeString(real.resolve("a.csv"), "x");
        Files.createSymbolicLink(real.resolve("loop.csv"), real.resolve("loop.csv"));
        Allowed allowed = new Allowed(List.of(real.toUri().toString()));

        for (String name : List.of("a.csv/x", "b".repeat(300), "loop.csv", "none.csv")) {
            String checked = allowed.check("file://" + real + "/" + name);
            IOException failure = catchThrowableOfType(IOException.class, () -> allowed.resolve(checked));
            assertThat(new StorageException(failure).isMissing())
                    .as("%s: %s", name, failure)
                    .isTrue();
        }
    }

    private static Announced parsed(String paths) {
        return Announcements.parse(Announcement.PATHS, paths.getBytes(UTF_8), header -> null);
    }
}
