package dev.weir.files;

/**
 * One file of an announcement.
 *
 * @param uri normalized if it is a URI at all, else as announced; a file that may not be read is refused when it is opened
 * @param version version id, or else the etag; null if the announcement has neither
 * @param size bytes as stored; {@link #UNKNOWN} if the announcement does not say
 * @param modifiedMillis when the file was written or announced by the store's clock, epoch milliseconds UTC; {@link #UNKNOWN} if the
 *     announcement does not say
 * @param created false for a notice of deletion or the like, which names nothing to read
 */
public record AnnouncedFile(String uri, String version, long size, long modifiedMillis, boolean created) {
    public static final long UNKNOWN = -1;
}
