package dev.weir.config.catalog;

import static dev.weir.config.catalog.CatalogKey.optional;
import static dev.weir.config.catalog.CatalogKey.required;

import dev.weir.config.catalog.Shape.Keys;
import dev.weir.config.catalog.Shape.ListOf;
import dev.weir.config.catalog.Shape.Word;
import java.util.List;

/** The keys below {@code files}, which an input of version 2 has whose records announce files. */
final class FilesKeys {
    static final Keys FILES = new Keys(
            "inputs[].files",
            "The topic's records announce files, and each row of a file is an event: [files.md](files.md). `key`, `header`, `topic` and"
                    + " `timestamp` are then the announcement's.",
            List.of(
                    required(
                            "announcement",
                            new Word(List.of("s3", "gcs", "paths")),
                            "s3",
                            "The form of the records. `s3`: notifications of S3 and MinIO, or EventBridge's form of them. `gcs`:"
                                    + " notifications of Cloud Storage. `paths`: a text with one URI a line, or a JSON object with"
                                    + " `uri` and, if they are known, `version` and `size`."),
                    required(
                            "allow",
                            new ListOf(CatalogTexts.URI_PREFIX, 1, true, true),
                            "[\"s3://plant-raw/\"]",
                            "The directories, buckets or files that may be read, as URIs: everything below them is allowed. No other"
                                    + " file is opened."),
                    optional(
                                    "remember",
                                    CatalogTexts.DURATION,
                                    "12 h",
                                    "How long after a file was read an announcement of the same version of it is counted as a repetition"
                                            + " and not read again, by the records' timestamps. At least 1 s.")
                            .absent("1 d"),
                    optional(
                            "period",
                            CatalogTexts.DURATION,
                            "1 h",
                            "How much event time one file covers. `check` then refuses a lateness below it, with which readings would be"
                                    + " `LATE` if the files of a sensor came in another order."),
                    optional(
                                    "compression",
                                    new Word(List.of("auto", "none")),
                                    "none",
                                    "`auto`: a file whose name ends with `.gz`, `.zst` or `.bz2` is decompressed. `none`: files are read as"
                                            + " they are.")
                            .absent("auto")));

    static final CatalogKey KEY = optional(
            "files",
            FILES,
            "{announcement: s3, allow: [\"s3://plant-raw/\"]}",
            "The records announce files, whose rows are the events. Absent: the records are the events.");

    private FilesKeys() {}
}
