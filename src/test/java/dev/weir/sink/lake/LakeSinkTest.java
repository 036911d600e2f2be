package dev.weir.sink.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.config.WeirConfig;
import java.io.IOException;
import org.apache.flink.core.fs.Path;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

/** What the sink promises to the graph and to the configuration. */
class LakeSinkTest {
    @Test
    void theSupportedCompressionsAreThoseOfTheDocumentation() {
        assertThat(LakeSink.supportedCompressions())
                .containsExactly("gzip", "lz4_raw", "snappy", "uncompressed", "zstd");
    }

    @Test
    void anUnknownCompressionIsRefusedWithTheKnownOnes() {
        WeirConfig.Lake lake = new WeirConfig.Lake("/lake", "brotli", 64);
        assertThatThrownBy(() -> LakeSink.readings(lake))
                .hasMessage(
                        "weir.lake.compression must be one of gzip, lz4_raw, snappy, uncompressed, zstd, got brotli");
    }

    @Test
    void theSinkTravelsInTheJobGraph() throws Exception {
        WeirConfig.Lake lake = new WeirConfig.Lake("/lake", "zstd", 64);
        assertThat(InstantiationUtil.clone(LakeSink.readings(lake))).isNotNull();
        assertThat(InstantiationUtil.clone(LakeSink.aggregates(lake))).isNotNull();
    }

    @Test
    void aFileSystemThatCannotCommitIsRefusedWithTheCure() {
        assertThatThrownBy(() -> LakeFileSystems.recoverableWriter(new Path("nosuch://bucket/lake")))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("weir.lake.path must be on a file system that can commit files")
                .hasMessageContaining("got nosuch://bucket/lake");
    }

    @Test
    void aCommittableOfAnUnknownVersionIsRefused() throws IOException {
        byte[] bytes = LakeFileSerializer.INSTANCE.serialize(new LakeFile("file:/a", 1, new byte[] {7}, 2, 3));
        assertThatThrownBy(() -> LakeFileSerializer.INSTANCE.deserialize(99, bytes))
                .hasMessageStartingWith("lake file in the checkpoint has version 99");
    }

    @Test
    void rowGroupsOfAllOpenFilesShareOneBudget() {
        assertThat(ParquetFiles.rowGroupBytes(64)).isEqualTo(4 << 20); // 256 MiB / 64
        assertThat(ParquetFiles.rowGroupBytes(1)).isEqualTo(64 << 20); // the greatest
        assertThat(ParquetFiles.rowGroupBytes(100_000)).isEqualTo(1 << 20); // the least
    }
}
