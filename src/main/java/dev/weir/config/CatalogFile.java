package dev.weir.config;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.apache.flink.core.fs.FileSystem;

/**
 * The location of the catalog: a path, relative to the current directory, or a URI of any Flink file system.
 *
 * @param name as it appears in messages
 */
record CatalogFile(String name) {
    private static final Pattern URI_SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]+:.*");
    /** A catalog of ten thousand metrics is smaller, and so is any schema. */
    private static final int MAX_BYTES = 3 << 20;

    /**
     * Locates the catalog of that name.
     *
     * @param beside directory whose {@code catalog.yaml}, if it exists, takes precedence over the name, because a user who names another
     *     configuration does not mean the catalog in the current directory; null for the name alone
     */
    static CatalogFile find(String name, Path beside) {
        if (beside != null && Files.exists(beside.resolve("catalog.yaml"))) {
            return new CatalogFile(beside.resolve("catalog.yaml").toString());
        }
        return new CatalogFile(name);
    }

    /**
     * Returns the text of a file that the catalog names.
     *
     * @param other a path, relative to the catalog's directory, or a URI
     * @throws IOException if it cannot be read; the message names the file and the cause
     */
    String textOf(String other) throws IOException {
        try {
            return sibling(other).text();
        } catch (UnreadableException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private CatalogFile sibling(String other) {
        if (URI_SCHEME.matcher(other).matches()) {
            return new CatalogFile(other);
        }
        if (URI_SCHEME.matcher(name).matches()) {
            return new CatalogFile(
                    new org.apache.flink.core.fs.Path(new org.apache.flink.core.fs.Path(name).getParent(), other)
                            .toString());
        }
        return new CatalogFile(Path.of(name).resolveSibling(other).toString());
    }

    String text() throws UnreadableException {
        try (InputStream in = open()) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new UnreadableException(name + " is larger than 3 MiB");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (NoSuchFileException e) {
            throw new UnreadableException(name + " does not exist");
        } catch (CharacterCodingException e) {
            throw new UnreadableException(name + " is not UTF-8", "save the file as UTF-8");
        } catch (IOException | IllegalArgumentException e) {
            throw new UnreadableException(name + ": " + e.getMessage());
        }
    }

    private InputStream open() throws IOException {
        if (URI_SCHEME.matcher(name).matches()) {
            URI uri = URI.create(name);
            return FileSystem.get(uri).open(new org.apache.flink.core.fs.Path(uri));
        }
        try {
            return Files.newInputStream(Path.of(name));
        } catch (InvalidPathException e) {
            throw new IOException(e.getReason(), e);
        }
    }

    /** Thrown if the catalog cannot be read. The message names the file. */
    static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String cure;

        UnreadableException(String message) {
            this(message, "name the catalog's path or URI");
        }

        UnreadableException(String message, String cure) {
            super(message);
            this.cure = cure;
        }

        String cure() {
            return cure;
        }
    }
}
