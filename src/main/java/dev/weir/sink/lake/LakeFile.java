package dev.weir.sink.lake;

/**
 * The committable of the lake: one complete Parquet file that waits, invisible, for its checkpoint.
 *
 * <p>Self-contained, so that it is committed where it was written even when the job now writes to another lake.
 *
 * @param path where the file will appear, with the scheme of its file system
 * @param recoverableVersion version of the serializer that made {@code recoverable}
 * @param recoverable what that file system needs to complete the file: its own {@code CommitRecoverable}, serialized
 * @param rows rows in the file, at least 1
 * @param bytes size of the file
 */
public record LakeFile(String path, int recoverableVersion, byte[] recoverable, long rows, long bytes) {

    /** The path only: the bytes tell a reader of a log nothing. */
    @Override
    public String toString() {
        return path + " (" + rows + " rows, " + bytes + " bytes)";
    }
}
