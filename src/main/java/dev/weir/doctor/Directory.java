package dev.weir.doctor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.Path;

/** Checks a directory that the job is going to write to, on any of Flink's file systems. */
public final class Directory {
    private Directory() {}

    /**
     * Checks that files can be created in the directory. Creates one and removes it, together with the directories that
     * it had to create.
     *
     * @throws IOException if no file can be created
     */
    public static void requireWritable(Path directory) throws IOException {
        FileSystem files = FileSystem.get(directory.toUri());
        List<Path> missing = new ArrayList<>();
        for (Path path = directory; path != null && !files.exists(path); path = path.getParent()) {
            missing.add(path);
        }
        Path file = new Path(directory, ".weir-doctor-" + UUID.randomUUID());
        try {
            try (FSDataOutputStream out = files.create(file, WriteMode.NO_OVERWRITE)) {
                out.write(1);
            }
        } finally {
            remove(files, file);
            missing.forEach(made -> remove(files, made));
        }
    }

    private static void remove(FileSystem files, Path path) {
        try {
            files.delete(path, false);
        } catch (IOException e) {
            // The path was never created, or a job has put something into the directory meanwhile, which must stay.
            return;
        }
    }
}
