package dev.weir.files;

import java.io.IOException;
import java.time.Duration;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/** What reading files needs of the world. Tests replace it. */
interface Outside extends AutoCloseable {

    /** Returns the file system of a path. */
    FileSystem fileSystem(Path path) throws IOException;

    /** Returns the time, epoch milliseconds UTC. */
    long millis();

    /** Runs a short task after a delay, in a thread of its own. */
    void after(Duration delay, Runnable task);

    @Override
    void close();
}
