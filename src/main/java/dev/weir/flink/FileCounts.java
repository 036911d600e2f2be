package dev.weir.flink;

import dev.weir.core.model.Event;
import dev.weir.core.model.FileCount;
import dev.weir.core.model.FileOutcome;
import dev.weir.core.model.Origin;
import dev.weir.core.model.Tally;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts the rows of announced files since the last barrier, for each file apart. The files of a partition come one after the other, so no
 * more files are counted at a time than there are partitions. Not thread-safe.
 */
final class FileCounts {
    private final Map<Partition, Rows> open = new HashMap<>();
    private final List<FileCount> ended = new ArrayList<>();
    /** The rows that the last event counted in. Rows come in runs of thousands. */
    private Rows last;

    private record Partition(String topic, int partition) {}

    private static final class Rows {
        private final Origin first;
        private long rows;
        private long rejected;

        private Rows(Origin first) {
            this.first = first;
        }

        private boolean holds(Origin origin) {
            return first.offset() == origin.offset()
                    && first.partition() == origin.partition()
                    && first.topic().equals(origin.topic());
        }
    }

    /** Counts one row. */
    void row(Origin origin, boolean rejected) {
        if (last == null || !last.holds(origin)) {
            Partition partition = new Partition(origin.topic(), origin.partition());
            last = open.computeIfAbsent(partition, unused -> new Rows(origin));
            if (!last.holds(origin)) {
                // No outcome came for the rows before. They are in the books, but in no file.
                last = new Rows(origin);
                open.put(partition, last);
            }
        }
        last.rows++;
        last.rejected += rejected ? 1 : 0;
    }

    /** Counts the end of a file, with the rows that came of it since the last barrier. */
    void outcome(Event event) {
        Origin origin = event.origin();
        Rows rows = open.remove(new Partition(origin.topic(), origin.partition()));
        last = null;
        FileOutcome outcome = event.outcome();
        boolean hasRows = outcome.kind() == FileOutcome.Kind.READ || outcome.kind() == FileOutcome.Kind.REJECTED;
        if (hasRows && outcome.uri() != null) {
            ended.add(count(origin, rows, outcome));
        }
    }

    /** Moves the counts since the last call into the tally, and begins at zero. */
    void moveTo(Tally tally) {
        ended.forEach(tally::file);
        ended.clear();
        open.values().forEach(rows -> tally.file(count(rows.first, rows, null)));
        open.clear();
        last = null;
    }

    private static FileCount count(Origin origin, Rows rows, FileOutcome outcome) {
        return new FileCount(
                origin.topic(),
                origin.partition(),
                origin.offset(),
                origin.timestampMillis(),
                rows == null ? 0 : rows.rows,
                rows == null ? 0 : rows.rejected,
                outcome);
    }
}
