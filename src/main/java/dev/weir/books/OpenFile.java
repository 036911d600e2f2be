package dev.weir.books;

/**
 * The counts so far of a file that is not at its end.
 *
 * @param topic of the announcement, as are {@code partition} and {@code offset}
 */
record OpenFile(String topic, int partition, long offset, long rows, long rowsRejected) {}
