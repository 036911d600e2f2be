package dev.weir.sink.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.core.model.Reading;
import dev.weir.testing.LakeDisk;
import dev.weir.testing.LakeReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeFullDiskIT {
    private static final List<Reading> ROWS = IntStream.range(0, 10_000)
            .mapToObj(i -> LakeHarness.reading(LakeHarness.micros("2024-03-05T00:00:00Z") + i, i / 7.0))
            .toList();

    /** The attempt fails and the next one goes through: what a restart of the job does. */
    @Test
    void anAttemptOnAFullDiskFailsLeavesNoFileOpenAndIsRepeatedWhenThereIsRoom(@TempDir Path directory)
            throws IOException {
        try (LakeDisk disk = LakeDisk.mount(directory.resolve("lake"), 64 << 20)) {
            assumeTrue(disk.canBeFull(), () -> "no right to mount: " + disk.whyNot());
            try (LakeHarness<Reading> attempt = LakeHarness.readings(disk.directory())) {
                attempt.write(ROWS);
                disk.fill();
                assertThatThrownBy(attempt::checkpoint)
                        .isInstanceOf(IOException.class)
                        .hasMessageStartingWith("weir.lake.path: cannot complete ")
                        .hasMessageEndingWith("No space left on device");
            }
            assertThat(openFiles(disk.directory())).isEmpty();
            disk.free();

            try (LakeHarness<Reading> attempt = LakeHarness.readings(disk.directory())) {
                attempt.write(ROWS).checkpointAndCommit();
            }
            assertThat(new LakeReader(disk.directory()).readings()).hasSize(ROWS.size());
        }
    }

    /** Files below the directory that this process has open. */
    private static List<Path> openFiles(Path directory) throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors
                    .filter(Files::isSymbolicLink)
                    .map(LakeFullDiskIT::target)
                    .filter(file -> file.startsWith(directory))
                    .toList();
        }
    }

    private static Path target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor);
        } catch (IOException e) {
            // The one that lists the directory is gone again.
            return descriptor;
        }
    }
}
