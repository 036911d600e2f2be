package dev.weir.sink.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.generation.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.local.LocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeFenceTest {
    @TempDir
    Path lake;

    @Test
    void isNoPositionInANewLake() throws IOException {
        assertThat(fence("p").read()).isEqualTo(Position.NONE);
    }

    @Test
    void isOnlyRaised() throws IOException {
        fence("p").raise(new Position(1, 9));
        fence("p").raise(new Position(1, 8));
        assertThat(fence("p").read()).isEqualTo(new Position(1, 9));
        fence("p").raise(new Position(2, 1));
        assertThat(fence("p").read()).isEqualTo(new Position(2, 1));
        fence("p").raise(new Position(1, 99));
        assertThat(fence("p").read()).isEqualTo(new Position(2, 1));
    }

    /** Where a file system does not rename onto a file, a crash between its two steps leaves only the new one. */
    @Test
    void isThereBetweenTheStepsOfReplacingIt() throws IOException {
        fence("p").raise(new Position(1, 9));
        Files.move(lake.resolve("_weir/p/fence"), lake.resolve("_weir/p/.fence.tmp"));
        assertThat(fence("p").read()).isEqualTo(new Position(1, 9));
        fence("p").raise(new Position(1, 10));
        assertThat(fence("p").read()).isEqualTo(new Position(1, 10));
    }

    /** The second process dies while it writes, on a file system on which a file is visible while it is written. */
    @Test
    void survivesASecondDeathBeforeTheFirstOneIsRepaired() throws IOException {
        fence("p").raise(new Position(1, 9));
        Files.move(lake.resolve("_weir/p/fence"), lake.resolve("_weir/p/.fence.tmp"));

        assertThatThrownBy(() -> fence("p").raise(new Position(1, 10), new LocalFileSystem() {
                    @Override
                    public FSDataOutputStream create(org.apache.flink.core.fs.Path path, WriteMode mode)
                            throws IOException {
                        super.create(path, mode).close();
                        throw new IOException("killed");
                    }
                }))
                .hasMessage("killed");

        assertThat(fence("p").read()).isEqualTo(new Position(1, 9));
        fence("p").raise(new Position(1, 10));
        assertThat(fence("p").read()).isEqualTo(new Position(1, 10));
    }

    /** On S3, between the delete and the rename of another process. */
    @Test
    void isReadWhileAnotherJobReplacesIt() throws IOException {
        fence("p").raise(new Position(1, 9));
        Path file = lake.resolve("_weir/p/fence");
        Path replacement = lake.resolve("_weir/p/.fence.tmp");
        Deque<Path> moves = new ArrayDeque<>(List.of(file, replacement, replacement, file));

        Position read = fence("p").read(new LocalFileSystem() {
            /** Gone when it is opened, although it was there when it was looked for: twice, once under each name. */
            @Override
            public FSDataInputStream open(org.apache.flink.core.fs.Path path) throws IOException {
                if (!moves.isEmpty()) {
                    Files.move(moves.remove(), moves.remove());
                }
                return super.open(path);
            }
        });

        assertThat(read).isEqualTo(new Position(1, 9));
        assertThat(moves).isEmpty();
    }

    @Test
    void isOnePerPipelineAndLeavesNothingElse() throws IOException {
        fence("p").raise(new Position(1, 9));
        fence("q").raise(new Position(1, 1));
        assertThat(fence("p").read()).isEqualTo(new Position(1, 9));
        assertThat(Files.readString(lake.resolve("_weir/p/fence"))).isEqualTo("1 9\n");
        try (var files = Files.list(lake.resolve("_weir/p"))) {
            assertThat(files.filter(file -> !file.getFileName().toString().endsWith(".crc")))
                    .hasSize(1);
        }
    }

    @Test
    void saysWhichFileIsDamaged() throws IOException {
        fence("p").raise(new Position(1, 9));
        Files.writeString(lake.resolve("_weir/p/fence"), "rubbish");
        assertThatThrownBy(() -> fence("p").read())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("_weir/p/fence");
    }

    private LakeFence fence(String pipeline) {
        return new LakeFence(lake.toString(), pipeline);
    }
}
