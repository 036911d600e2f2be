package dev.weir.files;

/**
 * A file as it was opened.
 *
 * @param version the announced version; without one, size and modification time as {@code size-millis}. Together with the URI it is the
 *     file's identity
 * @param size bytes as stored
 * @param modifiedMillis when the file was last modified, epoch milliseconds UTC by the store's clock
 */
public record FileStamp(String version, long size, long modifiedMillis) {}
