package dev.weir.config.catalog;

import dev.weir.config.parse.Durations;
import dev.weir.core.catalog.Files;
import java.time.Duration;
import java.util.Locale;

/** Reads and checks how the records of a topic announce files, in version 2. */
final class FilesReader {
    private static final Duration REMEMBER = Duration.ofDays(1);
    /** The times of remembered files are kept in seconds. */
    private static final Duration LEAST_REMEMBER = Duration.ofSeconds(1);

    private FilesReader() {}

    /** Returns null if the input's records are the events. */
    static Files read(Section input) {
        if (!input.has("files")) {
            return null;
        }
        Section files = input.section("files");
        files.refuseUnknownKeys();
        files.require("announcement", "write s3, gcs or paths");
        String kind = files.word("announcement");
        Files.Announcement announcement =
                kind == null ? Files.Announcement.PATHS : Files.Announcement.valueOf(kind.toUpperCase(Locale.ROOT));
        Files.Compression compression =
                Files.Compression.valueOf(files.word("compression").toUpperCase(Locale.ROOT));
        return new Files(
                announcement, new AllowReader(files, announcement).read(), remember(files), period(files), compression);
    }

    private static Duration remember(Section files) {
        Duration remember = files.duration("remember");
        if (remember != null && remember.compareTo(LEAST_REMEMBER) < 0) {
            String message = "must be at least 1 s, got " + Durations.format(remember);
            files.problem("remember", message, "write for instance 1 d, or remove it");
        }
        return remember == null ? REMEMBER : remember;
    }

    private static Duration period(Section files) {
        Duration period = files.duration("period");
        if (period != null && period.isZero()) {
            files.problem("period", "must be longer than 0, got 0", "write for instance 1 h, or remove it");
        }
        return period;
    }
}
