package dev.weir.sink.lake;

import java.io.IOException;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.RecoverableWriter;

/** Finds Flink's file systems for lake paths. */
final class LakeFileSystems {
    private LakeFileSystems() {}

    /** The same path with its scheme, so that it still means the same where Flink's default scheme is another. */
    static Path qualified(Path path) throws IOException {
        return path.makeQualified(FileSystem.get(path.toUri()));
    }

    /** @throws IOException naming the option and the cure when the file system is absent or cannot commit files */
    static RecoverableWriter recoverableWriter(Path path) throws IOException {
        try {
            return FileSystem.get(path.toUri()).createRecoverableWriter();
        } catch (IOException | UnsupportedOperationException e) {
            throw new IOException(
                    "weir.lake.path must be on a file system that can commit files (a local path, hdfs://, or s3:// with "
                            + "flink-s3-fs-hadoop in Flink's plugins folder), got " + path + ": " + e.getMessage(),
                    e);
        }
    }
}
