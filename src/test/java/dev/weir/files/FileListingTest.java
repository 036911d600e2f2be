package dev.weir.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileListingTest {
    @TempDir
    Path directory;

    private final List<String> refused = new ArrayList<>();

    @Test
    void listsFilesOfEveryDepthWithSizeAndTime() throws IOException {
        Path file = write("in/a/b c/d%20é.csv", "12345");
        write("in/top.csv", "1");
        Files.createDirectories(directory.resolve("in/empty"));

        List<FileListing.Listed> listed = list("in", "in");

        assertThat(listed)
                .extracting(FileListing.Listed::uri)
                .containsExactlyInAnyOrder(uri("in/a/b c/d%20é.csv"), uri("in/top.csv"));
        assertThat(listed)
                .contains(new FileListing.Listed(
                        uri("in/a/b c/d%20é.csv"),
                        5,
                        Files.getLastModifiedTime(file).toMillis()));
        assertThat(list("in", "in/top.csv")).hasSize(1);
        assertThat(list("in/top.csv", "in/top.csv")).hasSize(1);
    }

    @Test
    void refusesPlacesOutsideOfAllowAndLinksThatLeadThere() throws IOException {
        write("in/good.csv", "1");
        Path secret = write("out/secret.csv", "1");
        Files.createSymbolicLink(directory.resolve("in/link.csv"), secret);
        Files.createSymbolicLink(directory.resolve("in/out"), directory.resolve("out"));
        // A link to where it is would be followed for ever.
        Files.createSymbolicLink(directory.resolve("in/loop"), directory.resolve("in"));

        assertThat(list("in", "in")).extracting(FileListing.Listed::uri).containsExactly(uri("in/good.csv"));
        assertThat(refused).containsExactly(uri("in/link.csv"));
        assertThatThrownBy(() -> list("in", "out"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not below any prefix of allow");
        assertThatThrownBy(() -> list("in", "in/../out")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> list("in", "in/none")).isInstanceOf(FileNotFoundException.class);
    }

    private List<FileListing.Listed> list(String allow, String place) throws IOException {
        List<FileListing.Listed> listed = new ArrayList<>();
        new FileListing(List.of(uri(allow))).list(uri(place), listed::add, refused::add);
        return listed;
    }

    private String uri(String name) {
        return "file://" + directory.toAbsolutePath() + '/' + name;
    }

    private Path write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
