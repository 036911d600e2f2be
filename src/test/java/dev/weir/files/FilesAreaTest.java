package dev.weir.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.catalog.Catalog;
import dev.weir.core.catalog.Files.Announcement;
import dev.weir.core.catalog.Files.Compression;
import dev.weir.core.catalog.Input;
import dev.weir.doctor.Examination;
import dev.weir.testing.generate.TestConfigs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code doctor} says of the places that files may be read from. */
class FilesAreaTest {
    @TempDir
    Path directory;

    @Test
    void withoutFilesNothingIsChecked() {
        assertThat(lines(TestConfigs.longJson().catalog())).isEmpty();
    }

    @Test
    void saysOfEachPlaceWhetherItCanBeListed() throws IOException {
        Files.writeString(directory.resolve("a.csv"), "1");
        Files.writeString(directory.resolve("b.csv"), "1");
        String here = "file://" + directory.toAbsolutePath();

        assertThat(lines(catalog(here, here + "/a.csv", here + "/none", "s3://plant-raw")))
                .containsExactly(
                        "ok files " + here + " can be listed, entries: 2",
                        "ok files 2 " + here + "/a.csv is a file",
                        "warn files 3 files.allow: nothing is at " + here
                                + "/none yet; correct it in the catalog if files should be there already",
                        "FAIL files 4 files.allow: this process knows no file system for s3://plant-raw; put its plugin into"
                                + " a folder of its own below plugins/, or below the directory that FLINK_PLUGINS_DIR names"
                                + " (docs/deploying.md)");
    }

    private static Catalog catalog(String... allow) {
        Catalog plain = TestConfigs.longJson().catalog();
        Input input = plain.inputs().get(0);
        dev.weir.core.catalog.Files files = new dev.weir.core.catalog.Files(
                Announcement.PATHS, List.of(allow), Duration.ofDays(1), null, Compression.AUTO);
        Input reading =
                new Input(input.topics(), files, input.payload(), input.fields(), input.readings(), input.texts());
        return new Catalog(List.of(reading), plain.metrics(), plain.unknownMetric(), plain.quota());
    }

    private static List<String> lines(Catalog catalog) {
        List<String> lines = new ArrayList<>();
        new FilesArea(catalog)
                .examine(new Examination(
                        Duration.ofSeconds(20),
                        (name, finding) -> lines.add(finding.level() + " " + name + " " + finding.text())));
        return lines;
    }
}
