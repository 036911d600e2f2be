package dev.weir.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A small file system of the test's own, in memory, that can be full for a while. It needs the right to mount; where there is none it is
 * a plain directory that {@link #canBeFull never is}.
 */
public final class LakeDisk implements AutoCloseable {
    private static final int MAX_TRIES = 100;
    /** What is left when it is full: not even a page. Shrinking it takes no memory, as a ballast file would. */
    private static final long PAGE_BYTES = 4096;

    private final Path directory;
    private final long bytes;
    private final String whyNot;
    /** Its memory is the system's, not the test's. */
    private final Thread atExit = new Thread(this::unmount, "weir-lake-unmount");

    private LakeDisk(Path directory, long bytes, String whyNot) {
        this.directory = directory;
        this.bytes = bytes;
        this.whyNot = whyNot;
    }

    /**
     * The directory is there and, where mounting is permitted, a file system of that size.
     *
     * @param bytes memory that it takes at most
     */
    public static LakeDisk mount(Path directory, long bytes) {
        try {
            Files.createDirectories(directory);
            run(List.of("mount", "-t", "tmpfs", "-o", "mode=0777,size=" + bytes, "weir-lake", directory.toString()));
            LakeDisk disk = new LakeDisk(directory, bytes, null);
            Runtime.getRuntime().addShutdownHook(disk.atExit);
            return disk;
        } catch (IOException e) {
            return new LakeDisk(directory, bytes, e.getMessage());
        }
    }

    public boolean canBeFull() {
        return whyNot == null;
    }

    /** Why it cannot be full: what the system said when it was to be mounted. */
    public String whyNot() {
        return whyNot;
    }

    public Path directory() {
        return directory;
    }

    /**
     * Nothing more can be written, but into the last pages of open files.
     *
     * @return bytes that are in use
     */
    public long fill() throws IOException {
        FileStore store = Files.getFileStore(directory);
        for (int tries = 1; ; tries++) {
            long used = Math.max(PAGE_BYTES, store.getTotalSpace() - store.getUnallocatedSpace());
            try {
                resize(used);
                return used;
            } catch (IOException e) {
                // Somebody wrote in between: then it would be smaller than what is in it.
                if (tries == MAX_TRIES) {
                    throw e;
                }
            }
        }
    }

    /** As roomy as in the beginning. */
    public void free() throws IOException {
        resize(bytes);
    }

    @Override
    public void close() {
        if (canBeFull()) {
            Runtime.getRuntime().removeShutdownHook(atExit);
            unmount();
        }
    }

    private void unmount() {
        try {
            // Lazily: a process that is just ending may still have a file open.
            run(List.of("umount", "--lazy", directory.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void resize(long size) throws IOException {
        run(List.of("mount", "-o", "remount,size=" + size, directory.toString()));
    }

    private static void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + ": " + output.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
