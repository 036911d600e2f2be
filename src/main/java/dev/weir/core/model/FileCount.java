package dev.weir.core.model;

/**
 * What one intake counted for an announced file between two barriers. The parts of a file add up, whichever subtasks counted them: the
 * files of a partition come one after the other, so the part with the outcome ends the file that the parts before it began.
 *
 * @param topic of the announcement, as are {@code partition} and {@code offset}
 * @param announcedMillis the announcement's timestamp, epoch milliseconds UTC
 * @param rows number of rows that came as events
 * @param rowsRejected how many of them were rejected as a whole
 * @param outcome null while the file goes on
 */
public record FileCount(
        String topic,
        int partition,
        long offset,
        long announcedMillis,
        long rows,
        long rowsRejected,
        FileOutcome outcome) {}
