package dev.weir.demo;

import static dev.weir.demo.Terminal.bytes;
import static dev.weir.demo.Terminal.number;

import dev.weir.testing.KafkaBroker;
import dev.weir.testing.LakeReader;
import dev.weir.testing.PostgresServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The end of the demo's output: what came in, what became of it, where it is, and whether all of it is right. */
final class DemoSummary {
    /**
     * What the job cost.
     *
     * @param took from submission to the end
     * @param cpu of this process meanwhile: unlike the time it took, hardly a matter of what else the machine does
     */
    record Cost(Duration took, Duration cpu) {}

    private final Terminal terminal;
    private final DemoOptions options;
    private final DemoCheck check;
    private final DemoOutputs outputs;

    DemoSummary(Terminal terminal, DemoOptions options, DemoCheck check, DemoOutputs outputs) {
        this.terminal = terminal;
        this.options = options;
        this.check = check;
        this.outputs = outputs;
    }

    void print(DemoFeed feed, Cost cost, KafkaBroker kafka, PostgresServer postgres) {
        verdicts(feed);
        where();
        examples();
        speed(cost);
        books(feed);
        comparison();
        commands(kafka, postgres);
    }

    private void verdicts(DemoFeed feed) {
        terminal.title("What became of the readings");
        terminal.table(check.counts().table(feed), List.of(1, 2));
    }

    private void where() {
        terminal.title("Where it is");
        LakeReader.Contents readings = outputs.lake().contents("readings");
        LakeReader.Contents aggregates = outputs.lake().contents("aggregates");
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

    private void examples() {
        terminal.title("The days with the most fine dust (PM2.5, ug/m3), from PostgreSQL");
        terminal.table(WorstDays.of(outputs.postgresRows(1)), WorstDays.NUMBERS);
    }

    private void speed(Cost cost) {
        long readings = check.counts().readings();
        double seconds = cost.took().toMillis() / 1e3;
        double cpuSeconds = cost.cpu().toMillis() / 1e3;
        terminal.title("How fast");
        terminal.line(
                "  %s readings in %.1f s, from submission to the last commit: %s readings/s",
                number(readings), seconds, number(Math.round(readings / seconds)));
        terminal.line(
                "  %.1f s of CPU time in Flink and Kafka: %s readings per second of one core",
                cpuSeconds, number(Math.round(readings / cpuSeconds)));
    }

    private void books(DemoFeed feed) {
        terminal.title("The books, table weir_books; counted is what DuckDB and the dead-letter topic say");
        Map<String, Long> counted = check.counts().books(feed);
        terminal.table(DemoCounts.beside(outputs.books(), counted), List.of(1, 2));
    }

    private void comparison() {
        terminal.title("Compared with the oracle, reading by reading, and with each other");
        check.differences().forEach((what, difference) -> {
            String verdict = difference.isEmpty() ? terminal.green("equal") : terminal.red("DIFFERENT");
            terminal.line("  %-26s%s%s", what, verdict, difference);
        });
    }

    private void commands(KafkaBroker kafka, PostgresServer postgres) {
        terminal.title("Look further" + (options.keep() ? "" : " (the servers stay up with -Dweir.demo.keep=true)"));
        String psql = "postgresql://" + postgres.user() + ":" + postgres.password() + "@127.0.0.1:" + postgres.port();
        terminal.line(
                "  duckdb -c \"SELECT metric, count(*), avg(value) FROM %s GROUP BY metric\"",
                outputs.lake().glob("readings"));
        terminal.line(
                "  psql %s/postgres -c \"SELECT * FROM sensor_aggregates WHERE flagged_count > 0 LIMIT 20\"", psql);
        terminal.line(
                "  kafka-console-consumer.sh --bootstrap-server %s --topic %s-dlq --from-beginning \\",
                kafka.bootstrapServers(), DemoOptions.TOPIC);
        terminal.line("      --isolation-level read_committed --formatter-property print.headers=true");
    }
}
