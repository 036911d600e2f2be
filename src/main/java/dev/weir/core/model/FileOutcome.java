package dev.weir.core.model;

/**
 * What became of one announced file. It stands behind the rows of its file, so a checkpoint contains it exactly if it contains all of them.
 *
 * @param reject why the file, or the announcement as a whole, was rejected; null unless the kind is {@link Kind#REJECTED}
 * @param uri the file's URI, normalized; null if the announcement names none that can be read
 * @param version the file's version; null if it is not known
 * @param bytes size of the file as it is stored, in bytes; 0 if it was not opened
 * @param rows number of rows that were emitted before this outcome
 * @param readAtMillis when the reading ended, epoch milliseconds UTC by the TaskManager's clock
 */
public record FileOutcome(
        Kind kind, Reject reject, String uri, String version, long bytes, long rows, long readAtMillis) {

    /** Each announced file has one of these. */
    public enum Kind {
        READ(Counter.FILES_READ),
        /** The same version of the same file was announced and read before. */
        REPEATED(Counter.FILES_REPEATED),
        REJECTED(Counter.FILES_REJECTED),
        /** The record is no announcement of a new file, such as a notice of deletion. */
        IGNORED(Counter.FILES_IGNORED);

        private final Counter counter;

        Kind(Counter counter) {
            this.counter = counter;
        }

        /** Returns the counter of the files with this outcome. */
        public Counter counter() {
            return counter;
        }
    }
}
