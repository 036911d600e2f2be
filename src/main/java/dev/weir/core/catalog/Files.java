package dev.weir.core.catalog;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * How the records of a topic announce files, and which of them are read.
 *
 * @param allow URI prefixes, normalized, at least one. No other file is opened
 * @param remember how long after a file was read, by the timestamps of the records, an announcement of it is a repetition
 * @param period the event time that one file covers; null if the catalog does not say
 */
public record Files(
        Announcement announcement, List<String> allow, Duration remember, Duration period, Compression compression)
        implements Serializable {

    /** The form of an announcement. */
    public enum Announcement {
        /** A notification of S3 or MinIO, or EventBridge's form of it. */
        S3,
        /** A notification of Cloud Storage. */
        GCS,
        /** Text with one URI a line, or a JSON object with {@code uri} and, if they are known, {@code version} and {@code size}. */
        PATHS
    }

    /** How files are compressed. */
    public enum Compression {
        /** As the file's suffix says: {@code .gz}, {@code .zst} or {@code .bz2}. */
        AUTO,
        NONE
    }
}
