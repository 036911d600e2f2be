package dev.weir.sink.lake;

import dev.weir.metrics.SinkMetrics;
import java.io.File;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.local.LocalFileSystem;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * Names the lake's metrics besides {@link SinkMetrics}. The names are a public interface (docs/metrics.md), and each
 * value belongs to one subtask. The lake's {@code pendingBytes} count completed files that no checkpoint holds yet.
 */
final class LakeMetrics {
    /** Files of a checkpoint that are neither waiting nor committed: compacted or deleted by a user, or lost. */
    static final String FILES_MISSING = "filesMissing";

    static final String OPEN_FILES = "openFiles";

    /** Files that became visible during this execution attempt. */
    static final String FILES_COMMITTED = "filesCommitted";

    /**
     * Files completed before their checkpoint because too many were open. If it grows, raise weir.lake.max-open-files.
     */
    static final String FILES_CLOSED_EARLY = "filesClosedEarly";

    /** Free bytes of the disk that holds the lake's local directory; absent for any other file system. */
    static final String DISK_FREE_BYTES = "diskFreeBytes";

    static final String DISK_TOTAL_BYTES = "diskTotalBytes";

    private LakeMetrics() {}

    /** Updates the metrics of one writer. The task thread writes them, reporters read them. */
    static final class Writer {
        private final Counter filesClosedEarly;
        private volatile long pendingBytes;
        private volatile int openFiles;

        Writer(MetricGroup group, Path directory) {
            filesClosedEarly = group.counter(FILES_CLOSED_EARLY);
            SinkMetrics.pendingBytes(group, () -> pendingBytes);
            group.gauge(OPEN_FILES, (Gauge<Integer>) () -> openFiles);
            if (LocalFileSystem.getLocalFsURI()
                    .getScheme()
                    .equals(directory.toUri().getScheme())) {
                File local = new File(directory.getPath());
                group.gauge(DISK_FREE_BYTES, (Gauge<Long>) () -> existing(local).getUsableSpace());
                group.gauge(
                        DISK_TOTAL_BYTES, (Gauge<Long>) () -> existing(local).getTotalSpace());
            }
        }

        /**
         * Returns the directory, or its closest existing parent before the first file is written. The free space of a
         * path that does not exist would be 0.
         */
        private static File existing(File directory) {
            File found = directory;
            while (!found.exists() && found.getParentFile() != null) {
                found = found.getParentFile();
            }
            return found;
        }

        void opened(int nowOpen) {
            openFiles = nowOpen;
        }

        void closedEarly() {
            filesClosedEarly.inc();
        }

        void completed(long bytes) {
            long sum = pendingBytes + bytes;
            pendingBytes = sum;
        }

        void handedOver() {
            pendingBytes = 0;
            openFiles = 0;
        }
    }
}
