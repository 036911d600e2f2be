package dev.weir.files;

import dev.weir.core.catalog.Input;
import java.io.IOException;
import java.io.InputStream;

/** Opens the rows of a stored file as its input says. */
final class FileOpener {

    private FileOpener() {}

    /**
     * Opens a file.
     *
     * @throws StorageException if the storage fails
     * @throws IOException if the file is damaged, or none of the input's format
     */
    static RowSource open(StoredFile file, String uri, Input input) throws IOException {
        if (file.size == 0) {
            return new EmptyRows();
        }
        StorageStream stored = new StorageStream(file);
        InputStream bytes = stored;
        try {
            if (input.format() == Input.Format.PARQUET) {
                return new ParquetRows(stored);
            }
            bytes = Decompression.of(stored, uri, input.files().compression());
            return switch (input.format()) {
                case CSV -> TextRows.csv(new ByteFeed(bytes), input);
                case JSON, SENML -> JsonRows.of(new ByteFeed(bytes));
                case AVRO -> new AvroRows(bytes);
                case PARQUET -> throw new IllegalStateException();
            };
        } catch (IOException | RuntimeException | Error e) {
            StoredFile.closeQuietly(bytes);
            stored.close();
            throw e;
        }
    }
}
