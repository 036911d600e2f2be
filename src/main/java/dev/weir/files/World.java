package dev.weir.files;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/** Flink's file systems and the machine's clock. */
final class World implements Outside {
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "weir-files-timer");
        thread.setDaemon(true);
        return thread;
    });

    @Override
    public FileSystem fileSystem(Path path) throws IOException {
        return path.getFileSystem();
    }

    @Override
    public long millis() {
        return System.currentTimeMillis();
    }

    @Override
    public void after(Duration delay, Runnable task) {
        if (!timer.isShutdown()) {
            var unused = timer.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
