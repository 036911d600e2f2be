package dev.weir.books;

/**
 * What is counted so far of a file whose rows go on.
 *
 * @param topic of the announcement, as are {@code partition} and {@code offset}
 */
record OpenFile(String topic, int partition, long offset, long rows, long rowsRejected) {}
