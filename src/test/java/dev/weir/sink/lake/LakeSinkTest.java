package dev.weir.sink.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.config.WeirConfig;
import dev.weir.config.WeirOptions;
import java.io.IOException;
import java.util.HexFormat;
import org.apache.flink.core.fs.Path;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

/** What the sink promises to the graph and to the configuration. */
class LakeSinkTest {
    @Test
    void theSinkTravelsInTheJobGraph() throws Exception {
        WeirConfig.Lake lake = new WeirConfig.Lake("/lake", WeirOptions.Compression.ZSTD, 64);
        assertThat(InstantiationUtil.clone(LakeSink.readings(lake, "test"))).isNotNull();
        assertThat(InstantiationUtil.clone(LakeSink.aggregates(lake, "test"))).isNotNull();
    }

    @Test
    void aFileSystemThatCannotCommitIsRefusedWithTheCure() {
        assertThatThrownBy(() -> LakeFileSystems.recoverableWriter(new Path("nosuch://bucket/lake")))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("weir.lake.path must be on a file system that can commit files")
                .hasMessageContaining("got nosuch://bucket/lake");
    }

    /** Pinned: checkpoints of every release that writes version 1 hold these bytes. */
    @Test
    void aCommittableHasTheBytesOfVersionOne() throws IOException {
        String known =
                "0007" + "66696c653a2f61" + "00000001" + "00000001" + "07" + "0000000000000002" + "0000000000000003";
        LakeFile file = new LakeFile("file:/a", 1, new byte[] {7}, 2, 3);

        assertThat(LakeFileSerializer.INSTANCE.getVersion()).isEqualTo(1);
        assertThat(HexFormat.of().formatHex(LakeFileSerializer.INSTANCE.serialize(file)))
                .isEqualTo(known);
        LakeFile read =
                LakeFileSerializer.INSTANCE.deserialize(1, HexFormat.of().parseHex(known));
        assertThat(read).usingRecursiveComparison().isEqualTo(file);
    }

    @Test
    void aCommittableOfAnUnknownVersionIsRefused() throws IOException {
        byte[] bytes = LakeFileSerializer.INSTANCE.serialize(new LakeFile("file:/a", 1, new byte[] {7}, 2, 3));
        assertThatThrownBy(() -> LakeFileSerializer.INSTANCE.deserialize(99, bytes))
                .hasMessageStartingWith("lake file in the checkpoint has version 99");
    }

    @Test
    void rowGroupsOfAllOpenFilesShareOneBudget() {
        assertThat(ParquetFiles.rowGroupBytes(64)).isEqualTo(2 << 20); // 128 MiB / 64
        assertThat(ParquetFiles.rowGroupBytes(1)).isEqualTo(64 << 20); // the greatest
        assertThat(ParquetFiles.rowGroupBytes(100_000)).isEqualTo(1 << 20); // the least
    }
}
