package dev.weir.files;

import java.io.IOException;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** A stored file for Parquet's reader. Closing its streams does not close the file's. */
final class ParquetInput implements InputFile {
    private final StorageStream stored;

    ParquetInput(StorageStream stored) {
        this.stored = stored;
    }

    @Override
    public long getLength() {
        return stored.size();
    }

    @Override
    public SeekableInputStream newStream() throws IOException {
        stored.seek(0);
        return new DelegatingSeekableInputStream(stored) {
            @Override
            public long getPos() {
                return stored.position();
            }

            @Override
            public void seek(long position) throws IOException {
                stored.seek(position);
            }

            @Override
            public void close() {}
        };
    }
}
