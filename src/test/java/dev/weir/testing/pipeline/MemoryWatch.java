package dev.weir.testing.pipeline;

import dev.weir.core.model.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** How much more memory this process needs than when the watch was made: the greatest of each figure over all looks. */
public final class MemoryWatch {
    /** An event, its origin, its place in lists, and the headers of its arrays. */
    private static final long EVENT_BYTES = 200;

    private final long heapBefore = liveHeapBytes();
    private final long nativeBefore = nativeBytes();
    private long heapGrowth;
    private long nativeGrowth;
    private long lastLook = System.nanoTime();

    /** @param held bytes of the test's own, which are no part of the job; see {@link #sizeOf} */
    public void look(long held) {
        heapGrowth = Math.max(heapGrowth, liveHeapBytes() - heapBefore - held);
        nativeGrowth = Math.max(nativeGrowth, nativeBytes() - nativeBefore);
        lastLook = System.nanoTime();
    }

    /** The same, unless the last look is not so long ago. */
    public void look(long held, Duration every) {
        if (System.nanoTime() - lastLook > every.toNanos()) {
            look(held);
        }
    }

    /** Live: what a full collection leaves. */
    public long heapGrowthBytes() {
        return heapGrowth;
    }

    public long nativeGrowthBytes() {
        return nativeGrowth;
    }

    @Override
    public String toString() {
        return "live heap +" + (heapGrowth >> 20) + " MiB, native +" + (nativeGrowth >> 20) + " MiB";
    }

    /** The heap that a list of events takes, about. */
    public static long sizeOf(List<Event> events) {
        return events.stream()
                .mapToLong(event -> EVENT_BYTES + length(event.key()) + length(event.value()))
                .sum();
    }

    private static int length(byte[] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static long liveHeapBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** What the process has resident (Linux only; elsewhere 0) beyond its heap. */
    private static long nativeBytes() {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        try {
            String line = Files.readAllLines(status).stream()
                    .filter(text -> text.startsWith("VmRSS:"))
                    .findFirst()
                    .orElseThrow();
            long residentBytes = Long.parseLong(line.replaceAll("\\D", "")) << 10;
            return residentBytes
                    - ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
