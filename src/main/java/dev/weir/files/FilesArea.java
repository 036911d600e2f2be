package dev.weir.files;

import dev.weir.core.catalog.Catalog;
import dev.weir.core.catalog.Input;
import dev.weir.doctor.Area;
import dev.weir.doctor.Examination;
import dev.weir.doctor.Finding;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.UnsupportedFileSystemSchemeException;

/**
 * Examines the places that the catalog allows files to be read from: whether this process has their file system, and may list them. Opens
 * no file. Without an input that reads files it makes no check.
 */
public final class FilesArea implements Area {
    private final List<String> prefixes;

    public FilesArea(Catalog catalog) {
        prefixes = catalog.inputs().stream()
                .map(Input::files)
                .filter(Objects::nonNull)
                .flatMap(files -> files.allow().stream())
                .distinct()
                .toList();
    }

    @Override
    public void examine(Examination examination) {
        for (int i = 0; i < prefixes.size(); i++) {
            String prefix = prefixes.get(i);
            examination.check(i == 0 ? "files" : "files " + (i + 1), () -> listed(prefix));
        }
    }

    private static Finding listed(String prefix) {
        try {
            Path path = FileUri.flinkPath(FileUri.normalize(prefix));
            FileSystem files = FileSystem.get(path.toUri());
            FileStatus status = files.getFileStatus(path);
            if (!status.isDir()) {
                return Finding.ok(prefix + " is a file");
            }
            FileStatus[] entries = files.listStatus(path);
            if (entries == null) {
                throw new IOException("the directory cannot be listed");
            }
            return Finding.ok(prefix + " can be listed, entries: " + entries.length);
        } catch (FileNotFoundException e) {
            return Finding.warn("files.allow: nothing is at " + prefix
                    + " yet; correct it in the catalog if files should be there already");
        } catch (UnsupportedFileSystemSchemeException e) {
            return Finding.fail("files.allow: this process knows no file system for " + prefix
                    + "; put its plugin into a folder of its own below plugins/, or below the directory that FLINK_PLUGINS_DIR"
                    + " names (docs/deploying.md)");
        } catch (IOException | IllegalArgumentException e) {
            return Finding.fail("files.allow: " + prefix + " cannot be listed (" + e.getMessage()
                    + "); let the user or the credentials that the job runs with list and read there (docs/files.md)");
        }
    }
}
