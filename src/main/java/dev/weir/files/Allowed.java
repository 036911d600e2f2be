package dev.weir.files;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Decides which files may be read. Nothing is opened before it has decided: neither the file nor, as far as the URI tells, its directory.
 *
 * <p>A prefix allows the file of exactly its name and all files below it. For local files the directories are also followed through
 * symbolic links, and the file must lie below a prefix whose own links are followed too.
 */
final class Allowed {
    private final List<String> prefixes;

    /**
     * Creates the decision.
     *
     * @param prefixes URIs
     * @throws IllegalArgumentException if one of them is none
     */
    Allowed(List<String> prefixes) {
        this.prefixes = prefixes.stream().map(FileUri::normalize).toList();
    }

    /** Says that a file may not be read, and why. */
    static final class RefusedFileException extends Exception {
        private static final long serialVersionUID = 1L;

        RefusedFileException(String message) {
            super(message);
        }
    }

    /**
     * Returns the normalized URI of a file that may be read as far as its URI tells. Does no input or output.
     *
     * @throws RefusedFileException if it may not be read
     */
    String check(String uri) throws RefusedFileException {
        String normalized;
        try {
            normalized = FileUri.normalize(uri);
            FileUri.flinkPath(normalized);
        } catch (IllegalArgumentException e) {
            throw new RefusedFileException("the URI " + e.getMessage());
        }
        if (prefixes.stream().noneMatch(prefix -> isBelow(normalized, prefix))) {
            throw new RefusedFileException("not below any prefix of allow: " + String.join(", ", prefixes));
        }
        return normalized;
    }

    /**
     * Returns the URI to open for a URI that {@link #check} returned: the same, or for a local file that of its real path, without symbolic
     * links.
     *
     * @throws RefusedFileException if a link leads outside of the prefixes, or if the path is none of a plain file
     * @throws IOException if the file is not there or cannot be looked at
     */
    String resolve(String normalized) throws RefusedFileException, IOException {
        if (!FileUri.isLocal(normalized)) {
            return normalized;
        }
        Path real = local(normalized).toRealPath();
        boolean below = false;
        for (String prefix : prefixes) {
            below = below
                    || FileUri.isLocal(prefix) && isBelow(normalized, prefix) && real.startsWith(realPath(prefix));
        }
        if (!below) {
            throw new RefusedFileException("a symbolic link leads outside of allow");
        }
        if (!Files.isRegularFile(real) && !Files.isDirectory(real)) {
            throw new RefusedFileException("neither a file nor a directory, but a device or a pipe");
        }
        String resolved = FileUri.normalize("file://" + real);
        if (!resolved.equals("file://" + real)) {
            // A backslash in a name, for instance, is a part of it for the file system, and separates names in a URI.
            throw new RefusedFileException("its real path cannot be written as a URI");
        }
        return resolved;
    }

    private static Path realPath(String prefix) throws IOException {
        return local(prefix).toRealPath();
    }

    private static Path local(String normalized) {
        String path = FileUri.flinkPath(normalized).toUri().getPath();
        return new File(path.isEmpty() ? "/" : path).toPath();
    }

    private static boolean isBelow(String uri, String prefix) {
        return uri.startsWith(prefix) && (uri.length() == prefix.length() || uri.charAt(prefix.length()) == '/');
    }
}
