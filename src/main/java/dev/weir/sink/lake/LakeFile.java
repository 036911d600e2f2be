package dev.weir.sink.lake;

/**
 * Describes one complete Parquet file of the lake that is invisible until its checkpoint completes. It is the sink's
 * committable.
 *
 * <p>It names its own lake, so it is committed where it was written even if the job now writes to another lake.
 *
 * @param path where the file will appear, with the scheme of its file system
 * @param recoverableVersion the version of the serializer that made {@code recoverable}
 * @param recoverable the file system's own {@code CommitRecoverable}, serialized, which completes the file
 * @param rows number of rows in the file, at least 1
 * @param bytes size of the file
 */
public record LakeFile(String path, int recoverableVersion, byte[] recoverable, long rows, long bytes) {

    /** Returns the path and the sizes, for logs. */
    @Override
    public String toString() {
        return path + " (" + rows + " rows, " + bytes + " bytes)";
    }
}
