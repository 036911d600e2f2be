package dev.weir.bench;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The rows of a workload of CSV rows, so many of a partition in a file with a header line. The records are the files' announcements, with
 * the timestamp of the last row: none is further ahead of it than before.
 */
final class RowFiles implements Workload {
    private static final int BUFFER_BYTES = 64 << 10;

    private final Workload rows;
    private final Path directory;
    private final int rowsOfFile;
    private final boolean gzip;
    private final Open[] open;
    private int files;

    private static final class Open {
        private final Path path;
        private final OutputStream out;
        private int rows;
        private long timestampMillis;

        Open(Path path, OutputStream out) {
            this.path = path;
            this.out = out;
        }
    }

    RowFiles(Workload rows, int partitions, Path directory, int rowsOfFile, boolean gzip) {
        this.rows = rows;
        this.directory = directory;
        this.rowsOfFile = rowsOfFile;
        this.gzip = gzip;
        this.open = new Open[partitions];
    }

    /** @param events number of rows */
    @Override
    public void generate(long events, EventSink to) {
        rows.generate(events, (partition, timestamp, key, value) -> {
            try {
                add(partition, timestamp, value);
                if (open[partition].rows == rowsOfFile) {
                    announce(partition, to);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        try {
            for (int partition = 0; partition < open.length; partition++) {
                announce(partition, to);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(int partition, long timestampMillis, byte[] row) throws IOException {
        if (open[partition] == null) {
            // A folder takes thousands of files, and not a hundred thousand.
            Path folder = Files.createDirectories(directory.resolve("part-" + files / 1_000));
            Path path = folder.resolve("rows-" + files++ + (gzip ? ".csv.gz" : ".csv"));
            OutputStream out = Files.newOutputStream(path);
            open[partition] = new Open(
                    path, new BufferedOutputStream(gzip ? new GZIPOutputStream(out, BUFFER_BYTES) : out, 8 << 10));
            write(open[partition], CsvText.HEADER.getBytes(StandardCharsets.US_ASCII));
        }
        write(open[partition], row);
        open[partition].rows++;
        open[partition].timestampMillis = timestampMillis;
    }

    private static void write(Open file, byte[] line) throws IOException {
        byte[] ended = new byte[line.length + 1];
        System.arraycopy(line, 0, ended, 0, line.length);
        ended[line.length] = '\n';
        file.out.write(ended);
    }

    private void announce(int partition, EventSink to) throws IOException {
        Open file = open[partition];
        if (file == null) {
            return;
        }
        open[partition] = null;
        file.out.close();
        to.accept(
                partition,
                file.timestampMillis,
                null,
                file.path.toUri().toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Reads the rows of an announced file. */
    static List<String> read(String uri) {
        Path path = Path.of(URI.create(uri));
        try (InputStream file = Files.newInputStream(path);
                BufferedReader lines = new BufferedReader(new InputStreamReader(
                        uri.endsWith(".gz") ? new GZIPInputStream(file, BUFFER_BYTES) : file,
                        StandardCharsets.UTF_8))) {
            return lines.lines().skip(1).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
