package dev.weir.sink.postgres;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores {@link SortedRows}: on the heap while all of them fit a budget, then in files. The files are in a directory of their own, which
 * {@link #close} removes.
 */
final class SortedRowsStore implements Closeable {
    /** Size of a chunk. Each chunk is one element of the state, so it is also the unit that moves when the job is rescaled. */
    private static final int CHUNK_BYTES = 256 << 10;

    private static final Logger LOG = LoggerFactory.getLogger(SortedRowsStore.class);

    private final Path parent;
    private final long heapBudgetBytes;
    private final AtomicLong heapBytes = new AtomicLong();
    private Path directory;
    private int files;

    /**
     * Creates the store.
     *
     * @param parent where the directory is created, together with the first file
     * @param heapBudgetBytes limit of all rows on the heap; a batch that would exceed it goes to a file
     */
    SortedRowsStore(Path parent, long heapBudgetBytes) {
        this.parent = parent;
        this.heapBudgetBytes = heapBudgetBytes;
    }

    /** Stores the rows with the given numbers, which must be sorted by key, each key once. */
    SortedRows write(EncodedRows rows, int[] sorted) throws IOException {
        List<byte[]> heap = new ArrayList<>();
        long bytes = 0;
        Iterator<byte[]> chunks = new ChunkIterator(rows, sorted);
        while (chunks.hasNext()) {
            byte[] chunk = chunks.next();
            heap.add(chunk);
            bytes += chunk.length;
            if (heapBytes.get() + bytes > heapBudgetBytes) {
                return file(heap, chunks);
            }
        }
        heapBytes.addAndGet(bytes);
        return new HeapRows(List.copyOf(heap), bytes, heapBytes);
    }

    @Override
    public void close() throws IOException {
        if (directory != null) {
            try (var left = Files.list(directory)) {
                for (Path file : left.toList()) {
                    Files.deleteIfExists(file);
                }
            }
            Files.deleteIfExists(directory);
            directory = null;
        }
    }

    private SortedRows file(List<byte[]> first, Iterator<byte[]> rest) throws IOException {
        if (directory == null) {
            Files.createDirectories(parent);
            directory = Files.createTempDirectory(parent, "weir-postgres-");
        }
        Path file = directory.resolve("rows-" + files++);
        long bytes = 0;
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            for (byte[] chunk : first) {
                out.writeInt(chunk.length);
                out.write(chunk);
                bytes += chunk.length;
            }
            while (rest.hasNext()) {
                byte[] chunk = rest.next();
                out.writeInt(chunk.length);
                out.write(chunk);
                bytes += chunk.length;
            }
        }
        return new FileRows(file, bytes);
    }

    private static final class ChunkIterator implements Iterator<byte[]> {
        private final EncodedRows rows;
        private final int[] sorted;
        private int next;

        ChunkIterator(EncodedRows rows, int[] sorted) {
            this.rows = rows;
            this.sorted = sorted;
        }

        @Override
        public boolean hasNext() {
            return next < sorted.length;
        }

        @Override
        public byte[] next() {
            byte[] chunk = new byte[nextLength()];
            for (int at = 0; at < chunk.length; next++) {
                int row = sorted[next];
                System.arraycopy(rows.page(row), rows.begin(row), chunk, at, rows.length(row));
                at += rows.length(row);
            }
            return chunk;
        }

        /** Returns the length of the next chunk. It takes rows until it is full; the last row may exceed the size. */
        private int nextLength() {
            int length = 0;
            for (int i = next; i < sorted.length && length < CHUNK_BYTES; i++) {
                length += rows.length(sorted[i]);
            }
            return length;
        }
    }

    private record HeapRows(List<byte[]> list, long bytes, AtomicLong used) implements SortedRows {
        @Override
        public Chunks chunks() {
            Iterator<byte[]> iterator = list.iterator();
            return new Chunks() {
                @Override
                public byte[] next() {
                    return iterator.hasNext() ? iterator.next() : null;
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public void delete() {
            used.addAndGet(-bytes);
        }
    }

    private record FileRows(Path file, long bytes) implements SortedRows {
        @Override
        public Chunks chunks() throws IOException {
            long end = Files.size(file);
            DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)));
            return new Chunks() {
                private long position;

                @Override
                public byte[] next() throws IOException {
                    if (position >= end) {
                        return null;
                    }
                    byte[] chunk = new byte[in.readInt()];
                    in.readFully(chunk);
                    position += Integer.BYTES + chunk.length;
                    return chunk;
                }

                @Override
                public void close() throws IOException {
                    in.close();
                }
            };
        }

        @Override
        public void delete() {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                // The store deletes the file with its directory when it is closed.
                LOG.debug("cannot delete {}", file, e);
            }
        }
    }
}
