package dev.weir.demo;

import static dev.weir.demo.Terminal.number;

import dev.weir.books.Summary;
import dev.weir.core.model.Flag;
import dev.weir.core.model.Reason;
import dev.weir.testing.oracle.Accepted;
import dev.weir.testing.oracle.Rejected;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What became of the readings, counted. A flagged reading can be in several rules' counts. */
final class DemoCounts {
    private final Map<Reason, Long> rejected = new TreeMap<>();
    private final Map<Flag, Long> flaggedByRule = new TreeMap<>();
    private long accepted;
    private long flagged;

    void add(List<Accepted> readings, List<Rejected> rejects) {
        accepted += readings.size();
        for (Accepted reading : readings) {
            flag(reading.quality());
        }
        rejects.forEach(r -> rejected.merge(r.reason(), 1L, Long::sum));
    }

    private void flag(int quality) {
        if (quality == 0) {
            return;
        }
        flagged++;
        for (Flag flag : Flag.values()) {
            if (flag.isIn(quality)) {
                flaggedByRule.merge(flag, 1L, Long::sum);
            }
        }
    }

    /** Slots for readings: missing values are among them, as rejects. */
    long readings() {
        return accepted + rejected();
    }

    private long rejected() {
        return rejected.values().stream().mapToLong(Long::longValue).sum();
    }

    /** As a run's own summary has it; numbers are in columns 1 and 2. */
    List<String[]> table(DemoFeed feed) {
        return Summary.verdicts(books(feed));
    }

    /** A head, and each counter with its value in the books and as counted; numbers are in columns 1 and 2. */
    static List<String[]> beside(Map<String, Long> books, Map<String, Long> counted) {
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"counter", "books", "counted"});
        counted.forEach((counter, value) ->
                rows.add(new String[] {counter, number(books.getOrDefault(counter, 0L)), number(value)}));
        return rows;
    }

    /**
     * What the books must hold by what lake and dead letters hold: by counting those, not by the job's own word.
     *
     * @param feed each of whose events decodes here
     */
    Map<String, Long> books(DemoFeed feed) {
        Map<String, Long> books = new TreeMap<>();
        books.put("events.read", feed.events());
        books.put("events.decoded", feed.events());
        books.put("events.rejected", 0L);
        books.put("events.empty", 0L);
        books.put("readings.decoded", readings());
        books.put("readings.accepted", accepted);
        books.put("readings.flagged", flagged);
        books.put("readings.rejected", rejected());
        books.putAll(files(feed));
        rejected.forEach((reason, count) -> books.put("rejected." + reason, count));
        flaggedByRule.forEach((flag, count) -> books.put("flagged." + flag, count));
        return books;
    }

    /** Returns the counters of the announced files, each of which is read; none if the rows are records. */
    static Map<String, Long> files(DemoFeed feed) {
        long files = feed.files();
        return files == 0 ? Map.of() : Map.of("files.announced", files, "files.read", files);
    }
}
