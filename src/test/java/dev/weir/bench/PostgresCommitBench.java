package dev.weir.bench;

import com.sun.management.ThreadMXBean;
import dev.weir.core.model.Aggregate;
import dev.weir.postgres.Migrations;
import dev.weir.sink.postgres.DirectCommit;
import dev.weir.sink.postgres.JdbcUpserts;
import dev.weir.testing.PostgresServer;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many rows a second one subtask commits, from the first row of an epoch to the last transaction's acknowledgement: Weir's path
 * beside JDBC batches, in alternation, on a server that syncs. Each case's tables are compared before its times count.
 */
public final class PostgresCommitBench {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    /** What docs/postgres.md says for rows that are often corrected. */
    private static final int FILLFACTOR = 80;

    private static final String CONTENT =
            "SELECT count(*), sum(hashtextextended((sensor_id, metric, window_start, sum, revision, site)::text, 0))"
                    + " FROM sensor_aggregates";

    private final PostgresServer server;
    private final int rows;
    private final Map<String, TreeMap<String, List<Cost>>> costs = new LinkedHashMap<>();

    private PostgresCommitBench(PostgresServer server, int rows) {
        this.server = server;
        this.rows = rows;
    }

    /** System properties: weir.bench.rows of one epoch, and weir.bench.rounds, after one that warms up. */
    public static void main(String[] arguments) throws Exception {
        int rounds = Integer.getInteger("weir.bench.rounds", 3);
        // What docs/postgres.md recommends, and durable: the tests' server does not sync.
        Map<String, String> settings = Map.of("fsync", "on", "max_wal_size", "4GB");
        try (PostgresServer server = PostgresServer.start(settings)) {
            PostgresCommitBench bench = new PostgresCommitBench(server, Integer.getInteger("weir.bench.rows", 200_000));
            bench.round();
            bench.costs.clear();
            for (int round = 0; round < rounds; round++) {
                bench.round();
            }
            bench.print();
        }
    }

    private void round() throws Exception {
        Map<String, List<Aggregate>> cases = CommitRows.cases(rows);
        Map<String, List<String>> contents = new LinkedHashMap<>();
        for (Contender contender : List.of(weir(100), weir(FILLFACTOR), jdbc(1000), jdbc(5000))) {
            try (contender) {
                for (Map.Entry<String, List<Aggregate>> one : cases.entrySet()) {
                    server.execute(contender.url, "CHECKPOINT");
                    Cost cost = measure(contender, one.getValue());
                    List<String> content = server.rows(contender.url, CONTENT);
                    List<String> first = contents.putIfAbsent(one.getKey(), content);
                    if (first != null && !first.equals(content)) {
                        throw new IllegalStateException(contender.name + ", " + one.getKey() + ": not the same rows");
                    }
                    costs.computeIfAbsent(one.getKey(), name -> new TreeMap<>())
                            .computeIfAbsent(contender.name, name -> new ArrayList<>())
                            .add(cost);
                }
            }
        }
    }

    private Contender weir(int fillfactor) throws Exception {
        String url = migrated();
        if (fillfactor < 100) {
            server.execute(
                    url,
                    "SELECT weir_ensure_year(" + CommitRows.YEAR + ")",
                    "ALTER TABLE sensor_aggregates_" + CommitRows.YEAR + " SET (fillfactor = " + fillfactor + ")");
        }
        Path local = Files.createTempDirectory("weir-bench");
        DirectCommit commit = new DirectCommit(server.options(url), local);
        return new Contender(
                "weir" + (fillfactor < 100 ? ", fillfactor " + fillfactor : ""), url, commit::commit, () -> {
                    commit.close();
                    Files.delete(local);
                });
    }

    private Contender jdbc(int batchRows) throws Exception {
        String url = migrated();
        JdbcUpserts upserts = new JdbcUpserts(url, server.user(), server.password(), batchRows);
        return new Contender("jdbc, batches of " + batchRows, url, upserts::commit, upserts);
    }

    private String migrated() {
        String url = server.newDatabase();
        Migrations.apply(server.options(url));
        return url;
    }

    private Cost measure(Contender contender, List<Aggregate> epoch) throws Exception {
        Duration server = serverCpu();
        long cpu = THREADS.getCurrentThreadCpuTime();
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        long begin = System.nanoTime();
        contender.action.commit(epoch);
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new Cost(
                epoch.size() / seconds,
                (THREADS.getCurrentThreadCpuTime() - cpu) / 1e3 / epoch.size(),
                serverCpu().minus(server).toNanos() / 1e3 / epoch.size(),
                (THREADS.getCurrentThreadAllocatedBytes() - allocated) / (double) epoch.size());
    }

    /** CPU time of all of the server's processes that are alive. */
    private Duration serverCpu() {
        long postmaster = Long.parseLong(
                server.rows(server.url(), "SELECT split_part(pg_read_file('postmaster.pid'), chr(10), 1)")
                        .get(0));
        return ProcessHandle.of(postmaster)
                .orElseThrow()
                .descendants()
                .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    private void print() {
        System.out.printf("%,d rows an epoch; medians (least to greatest)%n", rows);
        costs.forEach((name, contenders) -> contenders.forEach((contender, all) -> System.out.printf(
                "%-8s %-22s %s rows/s   CPU of client %5.1f µs/row, of server %5.1f µs/row, allocated %,6.0f B/row%n",
                name,
                contender,
                spread(all.stream().mapToDouble(Cost::rowsPerSecond).toArray()),
                median(all.stream().mapToDouble(Cost::clientMicros).toArray()),
                median(all.stream().mapToDouble(Cost::serverMicros).toArray()),
                median(all.stream().mapToDouble(Cost::allocatedBytes).toArray()))));
    }

    private static String spread(double[] values) {
        return String.format(
                "%,9.0f (%,.0f to %,.0f)",
                median(values),
                Arrays.stream(values).min().orElseThrow(),
                Arrays.stream(values).max().orElseThrow());
    }

    private static double median(double[] values) {
        double[] sorted = Arrays.stream(values).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private record Cost(double rowsPerSecond, double clientMicros, double serverMicros, double allocatedBytes) {}

    private interface Action {
        void commit(List<Aggregate> rows) throws Exception;
    }

    private record Contender(String name, String url, Action action, AutoCloseable resource) implements AutoCloseable {
        @Override
        public void close() throws Exception {
            resource.close();
        }
    }
}
