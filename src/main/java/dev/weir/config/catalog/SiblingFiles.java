package dev.weir.config.catalog;

import java.io.IOException;

/** The files that a catalog names. */
@FunctionalInterface
public interface SiblingFiles {
    /**
     * Returns a file's text.
     *
     * @param name a path, relative to the catalog's directory, or a URI
     * @throws IOException if it cannot be read; the message names the file and the cause
     */
    String text(String name) throws IOException;
}
