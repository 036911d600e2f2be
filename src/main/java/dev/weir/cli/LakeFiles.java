package dev.weir.cli;

import dev.weir.books.ReportText;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Counts the files of a lake on this machine's disk. It skips an object store, which needs a request for each thousand
 * files.
 */
final class LakeFiles {
    private LakeFiles() {}

    /** Returns a line with the number of files; empty if they are not counted. */
    static Optional<String> count(String lake) {
        URI uri = new org.apache.flink.core.fs.Path(lake).toUri();
        if (uri.getScheme() != null && !uri.getScheme().equals("file")) {
            return Optional.empty();
        }
        try {
            return Optional.of("Parquet files in the lake, those of earlier runs too: "
                    + ReportText.number(files(Path.of(uri.getPath(), "readings"))) + " of readings, "
                    + ReportText.number(files(Path.of(uri.getPath(), "aggregates"))) + " of aggregates");
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static long files(Path table) throws IOException {
        if (!Files.isDirectory(table)) {
            return 0;
        }
        try (Stream<Path> paths = Files.walk(table)) {
            return paths.filter(path -> path.toString().endsWith(".parquet")
                            && !path.getFileName().toString().startsWith("."))
                    .count();
        }
    }
}
