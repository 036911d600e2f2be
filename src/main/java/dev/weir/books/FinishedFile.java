package dev.weir.books;

/**
 * A row of {@code weir_files}: an announced file that was read or rejected. Texts are as PostgreSQL can hold them.
 *
 * @param version "" if it is not known
 * @param read false if it was rejected
 * @param bytes its size as it is stored
 * @param rows number of rows that came as events
 * @param rowsRejected how many of these were rejected as a whole
 * @param detail why it was rejected, with the reason in front; "" if it was read
 * @param announcedMillis timestamp of the announcement, epoch milliseconds UTC
 * @param readMillis when the reading ended, epoch milliseconds UTC by the TaskManager's clock
 */
record FinishedFile(
        String uri,
        String version,
        boolean read,
        long bytes,
        long rows,
        long rowsRejected,
        String detail,
        long announcedMillis,
        long readMillis) {
    /** Bytes of one object on the heap besides the characters of its texts. */
    private static final int OVERHEAD_BYTES = 200;

    /** Returns an estimate of what this takes on the heap. */
    long heapBytes() {
        return OVERHEAD_BYTES + 2L * (uri.length() + version.length() + detail.length());
    }
}
