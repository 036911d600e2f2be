package dev.weir.sink.lake;

import dev.weir.config.WeirConfig;
import dev.weir.doctor.Area;
import dev.weir.doctor.Directory;
import dev.weir.doctor.Examination;
import dev.weir.doctor.Finding;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/** Examines the lake's directory and the disk that it is on. */
public final class LakeArea implements Area {
    private static final String WRITABLE = "lake";
    /** The share of free space below which doctor warns, as in the alert WeirLakeDiskFilling. */
    private static final double LOW_SHARE = 0.1;
    /** The free space below which the disk counts as full: the size of some open files of one writer. */
    private static final long LEAST_BYTES = 64L << 20;

    private final WeirConfig.Lake lake;

    public LakeArea(WeirConfig.Lake lake) {
        this.lake = lake;
    }

    @Override
    public void examine(Examination examination) {
        examination.check(WRITABLE, this::writable);
        examination.check("lake space", WRITABLE, this::space);
    }

    private Finding writable() throws IOException {
        try {
            Path path = LakeFileSystems.qualified(new Path(lake.path()));
            Directory.requireWritable(path);
            LakeFileSystems.recoverableWriter(path);
            return Finding.ok(path + " can be written");
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).startsWith("weir.")) {
                throw e;
            }
            return Finding.fail("weir.lake.path: " + lake.path() + " cannot be written (" + e.getMessage()
                    + "); let the user that the job runs as write there, or name another path");
        }
    }

    private Finding space() throws IOException {
        Path path = LakeFileSystems.qualified(new Path(lake.path()));
        if (FileSystem.get(path.toUri()).isDistributedFS()) {
            return Finding.ok(
                    "not on a local disk (" + path.toUri().getScheme() + "): its own tools tell its free space");
        }
        java.nio.file.Path there = java.nio.file.Path.of(path.getPath());
        while (!Files.exists(there)) {
            there = there.getParent();
        }
        FileStore store = Files.getFileStore(there);
        long free = store.getUsableSpace();
        double share = (double) free / store.getTotalSpace();
        String text = (free >> 20) + " MiB free, " + Math.round(100 * share) + " % of the disk";
        if (free < LEAST_BYTES) {
            return Finding.fail("weir.lake.path: " + text + "; make room, or name a path on another disk");
        }
        return share < LOW_SHARE
                ? Finding.warn("weir.lake.path: " + text + "; make room before it fills")
                : Finding.ok(text);
    }
}
