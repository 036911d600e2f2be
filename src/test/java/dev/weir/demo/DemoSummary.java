package dev.weir.demo;

import static dev.weir.demo.Terminal.bytes;
import static dev.weir.demo.Terminal.number;

import dev.weir.core.model.Reason;
import dev.weir.testing.KafkaBroker;
import dev.weir.testing.LakeReader;
import dev.weir.testing.PostgresServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The end of the demo's output: what came in, what became of it, where it is, and whether all of it is right. */
final class DemoSummary {
    private static final String EXAMPLE =
            """
            SELECT sensor_id, metric, to_char(window_start, 'YYYY-MM-DD'), count, round(mean::numeric, 1),
            round(stddev::numeric, 1), min, max, flagged_count FROM sensor_aggregates
            WHERE window_seconds = 86400 AND metric = 'PM2.5' AND sensor_id NOT LIKE '%-%' ORDER BY mean DESC LIMIT 5""";

    private final Terminal terminal;
    private final DemoOptions options;
    private final DemoCheck check;
    private final LakeReader lake;

    DemoSummary(Terminal terminal, DemoOptions options, DemoCheck check, LakeReader lake) {
        this.terminal = terminal;
        this.options = options;
        this.check = check;
        this.lake = lake;
    }

    void print(long events, Duration took, KafkaBroker kafka, PostgresServer postgres) {
        verdicts(events);
        outputs();
        examples(postgres);
        speed(took);
        comparison();
        commands(kafka, postgres);
    }

    private void verdicts(long events) {
        terminal.title("What became of the readings");
        List<String[]> rows = new ArrayList<>();
        rows.add(row("events read", events, ""));
        rows.add(row("readings in them", check.decoded(), ""));
        rows.add(row("  accepted", check.accepted(), share(check.accepted())));
        rows.add(row("    of which flagged", check.flagged(), share(check.flagged())));
        check.flaggedByRule().forEach((rule, count) -> rows.add(row("      " + rule, count, "")));
        rows.add(row("  rejected", check.rejected(), share(check.rejected())));
        for (Reason reason : check.rejectedByReason().keySet()) {
            rows.add(row("    " + reason, check.rejectedByReason().get(reason), ""));
        }
        terminal.table(rows, List.of(1, 2));
    }

    private String share(long count) {
        return String.format(Locale.ROOT, "%.2f %%", 100.0 * count / Math.max(1, check.decoded()));
    }

    private static String[] row(String name, long count, String note) {
        return new String[] {name, number(count), note};
    }

    private void outputs() {
        terminal.title("Where it is");
        LakeReader.Contents readings = lake.contents("readings");
        LakeReader.Contents aggregates = lake.contents("aggregates");
        List<String[]> rows = new ArrayList<>();
        rows.add(files("readings, Parquet", readings));
        rows.add(files("aggregates, Parquet", aggregates));
        rows.add(new String[] {"aggregates, PostgreSQL", number(check.postgresRows()) + " rows", "", ""});
        rows.add(new String[] {"dead letters, Kafka", number(check.deadLetters()) + " records", "", ""});
        terminal.table(rows, List.of(1, 2, 3));
    }

    private static String[] files(String name, LakeReader.Contents contents) {
        return new String[] {
            name, number(contents.rows()) + " rows", number(contents.files()) + " files", bytes(contents.bytes())
        };
    }

    private void examples(PostgresServer postgres) {
        terminal.title("The worst days for fine dust (PM2.5, ug/m3), from PostgreSQL");
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"station", "metric", "day", "count", "mean", "stddev", "min", "max", "flagged"});
        for (String row : postgres.rows(postgres.url(), EXAMPLE)) {
            rows.add(row.split("\\|", -1));
        }
        terminal.table(rows, List.of(3, 4, 5, 6, 7, 8));
    }

    private void speed(Duration took) {
        double seconds = took.toMillis() / 1e3;
        terminal.title("How fast");
        terminal.line(
                "  %s readings in %.1f s, from submission to the last commit: %s readings/s",
                number(check.decoded()), seconds, number(Math.round(check.decoded() / seconds)));
    }

    private void comparison() {
        terminal.title("Compared with the oracle, reading by reading");
        check.differences().forEach((what, difference) -> {
            String verdict = difference.isEmpty() ? terminal.green("equal") : terminal.red("DIFFERENT");
            terminal.line("  %-26s%s%s", what, verdict, difference.indent(4).isBlank() ? "" : difference);
        });
    }

    private void commands(KafkaBroker kafka, PostgresServer postgres) {
        terminal.title("Look further" + (options.keep() ? "" : " (the servers stay up with -Dweir.demo.keep=true)"));
        String psql = "postgresql://" + postgres.user() + ":" + postgres.password() + "@127.0.0.1:" + postgres.port();
        terminal.line(
                "  duckdb -c \"SELECT metric, count(*), avg(value) FROM %s GROUP BY metric\"", lake.glob("readings"));
        terminal.line(
                "  psql %s/postgres -c \"SELECT * FROM sensor_aggregates WHERE flagged_count > 0 LIMIT 20\"", psql);
        terminal.line(
                "  kafka-console-consumer.sh --bootstrap-server %s --topic %s-dlq --from-beginning \\",
                kafka.bootstrapServers(), DemoOptions.TOPIC);
        terminal.line("      --isolation-level read_committed --formatter-property print.headers=true");
    }
}
