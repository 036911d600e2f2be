package dev.weir.books;

import dev.weir.config.WeirConfig;
import dev.weir.core.model.Counter;
import dev.weir.core.model.Flag;
import dev.weir.core.model.Reason;
import dev.weir.core.model.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Summarizes a run for a person: the input, its verdicts, the outputs, and what looks wrong. */
public final class Summary {
    /** From this share on, rejects are no longer an exception. */
    private static final double MOST = 0.5;
    /** Below this share, empty events are normal: some devices send other messages besides readings. */
    private static final double MANY_EMPTY = 0.1;
    /** Below this share, partition switches are normal: a repartitioned topic moves each series once. */
    private static final double MANY_SWITCHES = 0.01;

    private final WeirConfig config;
    private final RunReport report;

    public Summary(WeirConfig config, RunReport report) {
        this.config = config;
        this.report = report;
    }

    /** Returns the whole summary. Suspicions come last, where a person sees them. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>(List.of("What became of the readings"));
        lines.addAll(ReportText.lines(verdicts(report.counts()), List.of(1, 2)));
        if (report.count(Counter.FILES_ANNOUNCED) > 0) {
            lines.add("What became of the files");
            lines.addAll(ReportText.lines(files(), List.of(1)));
        }
        if (!report.examples().isEmpty()) {
            lines.add("One reject of each reason (topic/partition/offset)");
            lines.addAll(ReportText.lines(examples(), List.of()));
        }
        lines.add("Where it is");
        lines.addAll(ReportText.lines(places(), List.of(1)));
        suspicions().forEach(suspicion -> lines.add("LOOK: " + suspicion));
        return lines;
    }

    /**
     * Returns the counters of the books as rows of name, number and share. The numbers are in columns 1 and 2.
     *
     * @param books counts by label
     */
    public static List<String[]> verdicts(Map<String, Long> books) {
        long readings = value(books, Counter.READINGS_DECODED);
        List<String[]> rows = new ArrayList<>();
        rows.add(row("events read", value(books, Counter.EVENTS_READ), ""));
        addIfAny(rows, "  rejected whole", value(books, Counter.EVENTS_REJECTED));
        addIfAny(rows, "  without a reading", value(books, Counter.EVENTS_EMPTY));
        addIfAny(rows, "offsets lost", value(books, Counter.OFFSETS_LOST));
        rows.add(row("readings in them", readings, ""));
        rows.add(shared("  accepted", value(books, Counter.READINGS_ACCEPTED), readings));
        rows.add(shared("    of which flagged", value(books, Counter.READINGS_FLAGGED), readings));
        for (Flag flag : Flag.values()) {
            addIfAny(rows, "      " + flag.reason(), value(books, Counter.flagged(flag)));
        }
        rows.add(shared("  rejected", value(books, Counter.READINGS_REJECTED), readings));
        for (Reason reason : Reason.values()) {
            addIfAny(rows, "    " + reason, value(books, Counter.rejected(reason)));
        }
        return rows;
    }

    private List<String[]> files() {
        List<String[]> rows = new ArrayList<>();
        rows.add(row("files announced", report.count(Counter.FILES_ANNOUNCED), ""));
        rows.add(row("  read", report.count(Counter.FILES_READ), ""));
        addIfAny(rows, "  repeated", report.count(Counter.FILES_REPEATED));
        addIfAny(rows, "  rejected", report.count(Counter.FILES_REJECTED));
        addIfAny(rows, "  ignored", report.count(Counter.FILES_IGNORED));
        rows.add(row("rows in them", report.extra(Tally.Extra.FILE_ROWS), ""));
        rows.add(row("bytes in them", report.extra(Tally.Extra.FILE_BYTES), ""));
        return rows;
    }

    /** Returns the share of events and readings that were rejected: 0 to 1. */
    public double rejectedShare() {
        long all = report.count(Counter.EVENTS_REJECTED) + report.count(Counter.READINGS_DECODED);
        return all == 0 ? 0 : (double) rejected() / all;
    }

    private long rejected() {
        return report.count(Counter.EVENTS_REJECTED) + report.count(Counter.READINGS_REJECTED);
    }

    private List<String[]> examples() {
        List<String[]> rows = new ArrayList<>();
        report.examples().forEach((reason, text) -> rows.add(new String[] {reason.toString(), text}));
        return rows;
    }

    private List<String[]> places() {
        long accepted = report.count(Counter.READINGS_ACCEPTED);
        long rows = report.extra(Tally.Extra.ROWS);
        List<String[]> places = new ArrayList<>();
        if (config.lake() != null) {
            String lake = config.lake().path();
            places.add(new String[] {"readings, Parquet", ReportText.number(accepted) + " rows", lake + "/readings"});
            places.add(new String[] {"aggregates, Parquet", ReportText.number(rows) + " rows", lake + "/aggregates"});
        }
        if (config.postgres() != null) {
            String table = config.postgres().schema() + ".sensor_aggregates";
            // A window can be emitted more than once, and has one row there.
            places.add(new String[] {"aggregates, PostgreSQL", "at most " + ReportText.number(rows) + " rows", table});
            // Announcements that name no file have no row there.
            long files = report.count(Counter.FILES_READ) + report.count(Counter.FILES_REJECTED);
            if (files > 0) {
                String filesTable = config.postgres().schema() + ".weir_files";
                places.add(
                        new String[] {"files, PostgreSQL", "at most " + ReportText.number(files) + " rows", filesTable
                        });
            }
        }
        places.add(new String[] {
            "dead letters, Kafka",
            ReportText.number(report.extra(Tally.Extra.DEAD_LETTERS)) + " records",
            config.deadLetters().topic()
        });
        return places;
    }

    /** Returns what a person should look at, each with the cure. */
    List<String> suspicions() {
        List<String> suspicions = new ArrayList<>();
        if (rejectedShare() > MOST) {
            suspicions.add("most of the input was rejected, " + percent(rejectedShare()) + ", most of it as " + worst()
                    + ": does the catalog fit the events? docs/reject-reasons.md says what the reason means");
        }
        long decoded = report.count(Counter.EVENTS_DECODED);
        long empty = report.count(Counter.EVENTS_EMPTY);
        if (empty > decoded * MANY_EMPTY) {
            suspicions.add(ReportText.number(empty) + " of " + ReportText.number(decoded)
                    + " decoded events have none of the fields that the catalog maps to metrics, and all are optional:"
                    + " compare the names under readings with an event, letter by letter");
        }
        long lost = report.count(Counter.OFFSETS_LOST);
        if (lost > 0) {
            suspicions.add(ReportText.number(lost) + " offsets were deleted before they were read: keep records longer"
                    + " (retention.ms), or run more often");
        }
        long switches = report.extra(Tally.Extra.PARTITION_SWITCHES);
        if (switches > report.count(Counter.READINGS_DECODED) * MANY_SWITCHES) {
            suspicions.add(
                    ReportText.number(switches) + " readings came from another partition than the one before in their"
                            + " series, so their order is lost and good ones can be LATE: key the topic by sensor");
        }
        return suspicions;
    }

    private Reason worst() {
        Reason worst = Reason.MALFORMED;
        for (Reason reason : Reason.values()) {
            worst = report.count(Counter.rejected(reason)) > report.count(Counter.rejected(worst)) ? reason : worst;
        }
        return worst;
    }

    private static long value(Map<String, Long> books, Counter counter) {
        return books.getOrDefault(counter.label(), 0L);
    }

    private static void addIfAny(List<String[]> rows, String name, long count) {
        if (count != 0) {
            rows.add(row(name, count, ""));
        }
    }

    private static String[] shared(String name, long count, long all) {
        return row(name, count, percent((double) count / Math.max(1, all)));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }

    private static String[] row(String name, long count, String note) {
        return new String[] {name, ReportText.number(count), note};
    }
}
