package dev.weir.files;

import java.io.IOException;

/** The bytes of a file are not what they should be, or not those that were there before. */
final class UnreadableFileException extends IOException {
    private static final long serialVersionUID = 1L;

    UnreadableFileException(String message) {
        super(message);
    }

    UnreadableFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
