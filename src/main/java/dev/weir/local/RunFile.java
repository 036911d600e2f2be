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
 * The file that says which process of this machine runs a pipeline, and where its REST interface is. The process holds a lock on it, which ends with the
 * process however that ends: so a second run finds the first, and none finds one that was killed.
 */
public final class RunFile implements AutoCloseable {
    private final FileChannel channel;
    private final FileLock lock;

    /**
     * What a running process says of itself.
     *
     * @param rest address of its REST interface; null while it is being started
     * @param jobId null while it is being started
     */
    public record Running(long pid, URI rest, String jobId) {}

    private RunFile(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /** Where it is: beside the checkpoints if they are on this machine, else in the temporary directory. */
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

    /** Whether it is there, and not in the temporary directory. */
    public static boolean isBesideCheckpoints(Configuration flink) {
        return localCheckpoints(flink) != null;
    }

    /** Null if there are none on this machine. */
    private static String localCheckpoints(Configuration flink) {
        String checkpoints = flink.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY);
        if (checkpoints == null || checkpoints.isBlank()) {
            return null;
        }
        URI directory = new org.apache.flink.core.fs.Path(checkpoints).toUri();
        return directory.getScheme() == null || directory.getScheme().equals("file") ? directory.getPath() : null;
    }

    /** The file, held by this process; null if another process of this machine runs the pipeline. */
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
            file.say(null, null);
            return file;
        } catch (OverlappingFileLockException e) {
            channel.close();
            return null;
        }
    }

    /** Others find the job there from now on. */
    public void say(URI rest, String jobId) throws IOException {
        String text = "pid=" + ProcessHandle.current().pid() + "\n"
                + (rest == null ? "" : "rest=" + rest + "\njob=" + jobId + "\n");
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
    }

    /** Who holds it; null if nobody does. */
    public static Running running(Path path) throws IOException {
        if (!Files.exists(path)) {
            return null;
        }
        RunFile free = hold(path);
        if (free != null) {
            free.close();
            return null;
        }
        Properties said = new Properties();
        try (var in = Files.newBufferedReader(path)) {
            said.load(in);
        }
        String rest = said.getProperty("rest");
        return new Running(
                Long.parseLong(said.getProperty("pid", "0")),
                rest == null ? null : URI.create(rest),
                said.getProperty("job"));
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
