package dev.weir.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What this process uses, from the start to {@link #stop}.
 *
 * <p>Allocation is summed over threads. A thread that ends takes its count along, so they are asked every {@link #EVERY_MILLIS}: what
 * one allocates after the last look before its end is missing, which is little, for a job's threads wait for the last commit then.
 */
final class ProcessMeter {
    private static final int EVERY_MILLIS = 100;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "process-meter");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<Long, Long> allocatedByThread = new HashMap<>();
    private final long allocatedBefore;
    private final long cpuNanosBefore = system.getProcessCpuTime();
    private final long gcMillisBefore = gcMillis();
    private final long startNanos = System.nanoTime();

    private ProcessMeter() {
        look();
        allocatedBefore = allocated();
        var unused = clock.scheduleAtFixedRate(this::look, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    static ProcessMeter start() {
        return new ProcessMeter();
    }

    /** With the time since the start, and no checkpoints. */
    Measured stop(long events) throws IOException {
        long millis = (System.nanoTime() - startNanos) / 1_000_000;
        return stop(events, millis);
    }

    Measured stop(long events, long millis) throws IOException {
        look();
        return new Measured(
                events,
                millis,
                (system.getProcessCpuTime() - cpuNanosBefore) / 1_000_000,
                peakRssBytes(),
                allocated() - allocatedBefore,
                gcMillis() - gcMillisBefore,
                0,
                0,
                0,
                0,
                0);
    }

    private synchronized void look() {
        long[] ids = threads.getAllThreadIds();
        long[] bytes = threads.getThreadAllocatedBytes(ids);
        for (int i = 0; i < ids.length; i++) {
            if (bytes[i] > 0) {
                allocatedByThread.put(ids[i], bytes[i]);
            }
        }
    }

    private synchronized long allocated() {
        return allocatedByThread.values().stream().mapToLong(Long::longValue).sum();
    }

    private static long gcMillis() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
    }

    /** VmHWM: since the process began. */
    static long peakRssBytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * 1_024;
            }
        }
        throw new IOException("no VmHWM in /proc/self/status");
    }
}
