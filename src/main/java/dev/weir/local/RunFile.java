package dev.weir.local;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Properties;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;

/**
 * Stores which process of this machine runs a pipeline, and the address of its REST interface. The process holds a lock
 * on the file. The operating system releases the lock when the process ends, however it ends. So a second run finds the
 * first, and no run finds one that was killed.
 */
public final class RunFile implements AutoCloseable {
    private final FileChannel channel;
    private final FileLock lock;

    /**
     * Holds what a running process stored.
     *
     * @param pid its process id; 0 if it has not stored one yet
     * @param rest the address of its REST interface; null while it starts
     * @param jobId null while it starts
     */
    public record Running(long pid, URI rest, String jobId) {}

    private RunFile(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Returns the path of the file: beside the checkpoints if they are on this machine, otherwise in the temporary
     * directory.
     */
    public static Path path(Configuration flink, String pipeline) {
        String checkpoints = localCheckpoints(flink);
        return checkpoints != null
                ? Path.of(checkpoints, pipeline, "run")
                : Path.of(
                        System.getProperty("java.io.tmpdir"),
                        "weir-" + System.getProperty("user.name"),
                        pipeline,
                        "run");
    }

    /** Returns whether the file is beside the checkpoints, and not in the temporary directory. */
    public static boolean isBesideCheckpoints(Configuration flink) {
        return localCheckpoints(flink) != null;
    }

    /** Returns the directory of the checkpoints, or null if it is not on this machine. */
    private static String localCheckpoints(Configuration flink) {
        String checkpoints = flink.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY);
        if (checkpoints == null || checkpoints.isBlank()) {
            return null;
        }
        URI directory = new org.apache.flink.core.fs.Path(checkpoints).toUri();
        return directory.getScheme() == null || directory.getScheme().equals("file") ? directory.getPath() : null;
    }

    /** Opens and locks the file. Returns null if another process of this machine runs the pipeline. */
    public static RunFile hold(Path path) throws IOException {
        Files.createDirectories(path.getParent());
        FileChannel channel =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                return null;
            }
            RunFile file = new RunFile(channel, lock);
            file.store(null, null);
            return file;
        } catch (OverlappingFileLockException e) {
            channel.close();
            return null;
        }
    }

    /**
     * Stores where others find the job from now on.
     *
     * @param rest null while the job starts
     * @param jobId null while the job starts
     */
    public void store(URI rest, String jobId) throws IOException {
        String text = "pid=" + ProcessHandle.current().pid() + "\n"
                + (rest == null ? "" : "rest=" + rest + "\njob=" + jobId + "\n");
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
    }

    /** Returns what the process that holds the file has stored; null if no process holds it. */
    public static Running running(Path path) throws IOException {
        if (!Files.exists(path)) {
            return null;
        }
        RunFile free = hold(path);
        if (free != null) {
            free.close();
            return null;
        }
        Properties stored = new Properties();
        try (var in = Files.newBufferedReader(path)) {
            stored.load(in);
        }
        String rest = stored.getProperty("rest");
        return new Running(
                Long.parseLong(stored.getProperty("pid", "0")),
                rest == null ? null : URI.create(rest),
                stored.getProperty("job"));
    }

    @Override
    public void close() throws IOException {
        try {
            channel.truncate(0);
            lock.release();
        } finally {
            channel.close();
        }
    }
}
