package dev.weir.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.core.fs.BlockLocation;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/** A store in memory that can be away, slow or broken, with a clock that the test moves. */
final class MemoryFiles extends FileSystem implements Outside {
    private record Stored(byte[] bytes, long modified) {}

    private record Timed(long at, Runnable task) {}

    final AtomicInteger looks = new AtomicInteger();
    final AtomicInteger opens = new AtomicInteger();
    final AtomicInteger openStreams = new AtomicInteger();
    private final Map<String, Stored> files = new ConcurrentHashMap<>();
    private final Map<String, Long> breaks = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Timed> timers = new ConcurrentLinkedQueue<>();
    private final AtomicLong now = new AtomicLong(1_000_000);
    /** A directory that exists. */
    volatile String directory = "";
    /** What every call throws; null if the store is there. */
    volatile IOException away;
    /** Every look at a file waits for it; null for none. */
    volatile CountDownLatch slow;
    /** How many times a stream breaks at the byte of {@link #breakAt}. */
    final AtomicInteger breaksLeft = new AtomicInteger();

    void put(String uri, byte[] bytes, long modified) {
        files.put(uri, new Stored(bytes, modified));
    }

    void put(String uri, byte[] bytes) {
        put(uri, bytes, 500);
    }

    void remove(String uri) {
        files.remove(uri);
    }

    /** Lets reading past a byte fail, {@code times} times. */
    void breakAt(String uri, long at, int times) {
        breaks.put(uri, at);
        breaksLeft.set(times);
    }

    /** Moves the clock and runs what is due. Returns how many tasks were. */
    int advance(Duration by) {
        long to = now.addAndGet(by.toMillis());
        List<Timed> due = timers.stream().filter(timed -> timed.at <= to).toList();
        timers.removeAll(due);
        due.forEach(timed -> timed.task.run());
        return due.size();
    }

    int timers() {
        return timers.size();
    }

    @Override
    public FileSystem fileSystem(Path path) {
        return this;
    }

    @Override
    public long millis() {
        return now.get();
    }

    @Override
    public void after(Duration delay, Runnable task) {
        timers.add(new Timed(now.get() + delay.toMillis(), task));
    }

    @Override
    public void close() {}

    private Stored find(Path path) throws IOException {
        CountDownLatch wait = slow;
        if (wait != null) {
            try {
                wait.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
        if (away != null) {
            throw away;
        }
        Stored stored = files.get(path.toString());
        if (stored == null) {
            throw new FileNotFoundException(path.toString());
        }
        return stored;
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
        looks.incrementAndGet();
        if (path.toString().equals(directory)) {
            return status(path, new Stored(new byte[0], 0), true);
        }
        return status(path, find(path), false);
    }

    private static FileStatus status(Path path, Stored stored, boolean isDirectory) {
        return new FileStatus() {
            @Override
            public long getLen() {
                return stored.bytes.length;
            }

            @Override
            public long getBlockSize() {
                return 1;
            }

            @Override
            public short getReplication() {
                return 1;
            }

            @Override
            public long getModificationTime() {
                return stored.modified;
            }

            @Override
            public long getAccessTime() {
                return 0;
            }

            @Override
            public boolean isDir() {
                return isDirectory;
            }

            @Override
            public Path getPath() {
                return path;
            }
        };
    }

    @Override
    public FSDataInputStream open(Path path) throws IOException {
        opens.incrementAndGet();
        Stored stored = find(path);
        openStreams.incrementAndGet();
        return new Stream(path.toString(), stored.bytes);
    }

    private final class Stream extends FSDataInputStream {
        private final String uri;
        private final byte[] bytes;
        private int at;
        private boolean closed;

        Stream(String uri, byte[] bytes) {
            this.uri = uri;
            this.bytes = bytes;
        }

        @Override
        public void seek(long to) {
            at = (int) to;
        }

        @Override
        public long getPos() {
            return at;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (away != null) {
                throw away;
            }
            Long breakAt = breaks.get(uri);
            int limit = bytes.length;
            if (breakAt != null && breaksLeft.get() > 0) {
                if (at >= breakAt) {
                    breaksLeft.decrementAndGet();
                    throw new IOException("connection reset");
                }
                limit = (int) Math.min(limit, breakAt);
            }
            if (at == bytes.length) {
                return -1;
            }
            int got = Math.min(length, limit - at);
            System.arraycopy(bytes, at, into, offset, got);
            at += got;
            return got;
        }

        @Override
        public void close() {
            if (!closed) {
                openStreams.decrementAndGet();
            }
            closed = true;
        }
    }

    @Override
    public FSDataInputStream open(Path path, int bufferSize) throws IOException {
        return open(path);
    }

    @Override
    public Path getWorkingDirectory() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Path getHomeDirectory() {
        throw new UnsupportedOperationException();
    }

    @Override
    public URI getUri() {
        return URI.create("s3://b");
    }

    @Override
    public BlockLocation[] getFileBlockLocations(FileStatus file, long start, long length) {
        return new BlockLocation[0];
    }

    @Override
    public FileStatus[] listStatus(Path path) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean delete(Path path, boolean recursive) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean mkdirs(Path path) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FSDataOutputStream create(Path path, WriteMode mode) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean rename(Path from, Path to) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isDistributedFS() {
        return true;
    }
}
