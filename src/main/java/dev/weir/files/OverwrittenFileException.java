package dev.weir.files;

/** The file is no longer the one that was announced. */
final class OverwrittenFileException extends Exception {
    private static final long serialVersionUID = 1L;

    OverwrittenFileException(String message) {
        super(message);
    }
}
