package dev.weir.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeDiskIT {
    @Test
    void isFullForAWhileAndThenNot(@TempDir Path directory) throws IOException {
        try (LakeDisk disk = LakeDisk.mount(directory.resolve("lake"), 16 << 20)) {
            assumeTrue(disk.canBeFull(), () -> "no right to mount: " + disk.whyNot());
            Path before = Files.write(disk.directory().resolve("before"), new byte[100_000]);

            assertThat(disk.fill()).isBetween(100_000L, 1L << 20);
            assertThatThrownBy(() -> Files.write(disk.directory().resolve("more"), new byte[10_000]))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("No space left on device");
            disk.free();

            Files.write(disk.directory().resolve("more"), new byte[1 << 20]);
            assertThat(Files.size(before)).isEqualTo(100_000);
        }
        assertThat(directory.resolve("lake")).isEmptyDirectory();
    }
}
