package dev.weir.books;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.config.WeirConfig;
import dev.weir.core.model.Tally;
import dev.weir.generation.Fence;
import dev.weir.generation.Position;
import dev.weir.generation.Run;
import dev.weir.postgres.FileDays;
import dev.weir.postgres.Grants;
import dev.weir.postgres.Migrations;
import dev.weir.testing.PostgresServer;
import dev.weir.testing.generate.TestConfigs;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rows of {@code weir_files} in a real database. */
class FilesTableIT {
    private static final String ROWS = "SELECT uri, version, generation, state, bytes, rows, rows_rejected, detail,"
            + " checkpoint_id FROM weir_files ORDER BY uri, announced_at";
    private static final String DAYS =
            "SELECT relname FROM pg_class WHERE relname ~ '^weir_files_' AND relkind = 'r' ORDER BY 1";
    private static final long DAY = Duration.ofDays(1).toMillis();
    /** Noon of today: the server's clock decides which days are old. */
    private static final long NOW = System.currentTimeMillis() / DAY * DAY + DAY / 2;

    private final PostgresServer server = PostgresServer.shared();
    private final String url = server.newDatabase();
    private OutsideLedger ledger;

    @BeforeEach
    void migrate() {
        Migrations.apply(server.options(url));
        server.execute(
                url,
                "INSERT INTO weir_pipelines VALUES ('" + pipeline() + "', 1, 0)",
                "INSERT INTO weir_runs (pipeline, serial, run_id) VALUES ('" + pipeline() + "', 1, 'run')");
        ledger = ledger(server.options(url), NOW);
    }

    @Test
    void writesAFileWithItsBooksAndNothingMoreWhenItComesAgain() throws Exception {
        FinishedFile read = new FinishedFile("s3://b/ä", "", true, 9, 5, 2, "", NOW, NOW);
        FinishedFile rejected = new FinishedFile("s3://b/c", "v", false, 0, 0, 0, "FILE_MISSING: gone", NOW, NOW);
        ledger.write(new Position(1, 3), new Tally(), List.of(read, rejected));
        List<String> first = server.rows(url, ROWS);
        assertThat(first)
                .containsExactly("s3://b/c|v|1|rejected|0|0|0|FILE_MISSING: gone|3", "s3://b/ä||1|read|9|5|2||3");
        assertThat(server.rows(url, "SELECT DISTINCT checkpoint_id FROM weir_books"))
                .containsExactly("3");

        ledger.write(new Position(1, 4), new Tally(), List.of(read, rejected));
        assertThat(server.rows(url, ROWS)).isEqualTo(first);
        assertThat(server.rows(url, "SELECT checkpoint_id FROM weir_pipelines")).containsExactly("4");
    }

    /** The same file in the same millisecond on two partitions, in one write and in two. Announced again later, it has a second row. */
    @Test
    void whatWasReadWinsOverWhatWasRejectedInWhateverOrder() throws Exception {
        FinishedFile read = new FinishedFile("a", "v", true, 9, 5, 2, "", NOW, NOW);
        FinishedFile rejected = new FinishedFile("a", "v", false, 0, 0, 0, "FILE_MISSING", NOW, NOW);
        for (List<FinishedFile> order : List.of(List.of(read, rejected), List.of(rejected, read))) {
            ledger.write(new Position(1, 1), new Tally(), order);
            ledger.write(new Position(1, 1), new Tally(), order.subList(0, 1));
            ledger.write(new Position(1, 1), new Tally(), order.subList(1, 2));
            assertThat(server.rows(url, ROWS)).containsExactly("a|v|1|read|9|5|2||1");
            server.execute(url, "TRUNCATE weir_files");
        }
        ledger.write(new Position(1, 1), new Tally(), List.of(rejected));
        ledger.write(new Position(1, 2), new Tally(), List.of(read));
        assertThat(server.rows(url, ROWS)).containsExactly("a|v|1|read|9|5|2||2");
        ledger.write(
                new Position(1, 3), new Tally(), List.of(new FinishedFile("a", "v", false, 0, 0, 0, "", NOW + 1, NOW)));
        assertThat(server.rows(url, ROWS)).hasSize(2);
    }

    @Test
    void manyFilesTakeSeveralStatements() throws Exception {
        List<FinishedFile> many = new ArrayList<>();
        for (int i = 0; i < 12_001; i++) {
            many.add(new FinishedFile("file:/" + i, "v", true, i, i, 0, "", NOW - i * 10_000L, NOW));
        }
        ledger.write(new Position(1, 1), new Tally(), many);
        assertThat(server.rows(url, "SELECT count(*), sum(rows), count(DISTINCT announced_at) FROM weir_files"))
                .containsExactly("12001|72006000|12001");
        assertThat(server.rows(url, DAYS)).hasSize(2);
    }

    @Test
    void aWriteThatFailsWritesNeitherFilesNorBooks() {
        server.execute(url, "ALTER TABLE weir_books ADD CONSTRAINT none CHECK (checkpoint_id < 0) NOT VALID");
        FinishedFile file = new FinishedFile("a", "v", true, 9, 5, 2, "", NOW, NOW);
        assertThatThrownBy(() -> ledger.write(new Position(1, 1), new Tally(), List.of(file)))
                .isInstanceOf(SQLException.class);
        assertThat(server.rows(url, ROWS)).isEmpty();
    }

    /** Beyond the retention, far ahead, and at the ends of a timestamp: none may stop the job or make a partition that stays for ever. */
    @Test
    void timesThatHaveNoPlaceAreLeftOut() throws Exception {
        List<FinishedFile> files = new ArrayList<>();
        for (long announced : new long[] {
            NOW, NOW - 90 * DAY, NOW - 91 * DAY, NOW + 366 * DAY, NOW + 367 * DAY, -1, Long.MIN_VALUE, Long.MAX_VALUE
        }) {
            files.add(new FinishedFile("a" + announced, "v", true, 9, 5, 2, "", announced, NOW));
        }
        ledger.write(new Position(1, 1), new Tally(), files);
        assertThat(server.rows(url, ROWS)).hasSize(3);
        assertThat(server.rows(url, DAYS)).containsExactly(table(NOW - 90 * DAY), table(NOW), table(NOW + 366 * DAY));
    }

    @Test
    void aFileOfADetachedDayIsLeftOutAndAPartitionThatVanishedIsMadeAgain() throws Exception {
        FinishedFile file = new FinishedFile("a", "v", true, 9, 5, 2, "", NOW, NOW);
        ledger.write(new Position(1, 1), new Tally(), List.of(file));
        server.execute(url, "ALTER TABLE weir_files DETACH PARTITION " + table(NOW));
        FinishedFile other = new FinishedFile("b", "v", true, 9, 5, 2, "", NOW, NOW);
        assertThatThrownBy(() -> ledger.write(new Position(1, 2), new Tally(), List.of(other)))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        e -> assertThat(e.getSQLState()).as("tried again").isEqualTo("40001"));
        ledger.write(new Position(1, 2), new Tally(), List.of(other));
        assertThat(server.rows(url, ROWS)).isEmpty();
        assertThat(server.rows(url, "SELECT checkpoint_id FROM weir_pipelines")).containsExactly("2");

        server.execute(url, "DROP TABLE " + table(NOW));
        ledger.write(new Position(1, 3), new Tally(), List.of(other));
        assertThat(server.rows(url, ROWS)).hasSize(1);
    }

    @Test
    void theLongestTextsFitIntoTheKey() throws Exception {
        String uri = "s3://" + "\uD83C\uDF21".repeat(448) + "abc";
        ledger.write(
                new Position(1, 1),
                new Tally(),
                List.of(new FinishedFile(
                        uri, "ä".repeat(150), false, Long.MAX_VALUE, 1, 1, "d".repeat(1024), NOW, NOW)));
        assertThat(server.rows(url, "SELECT octet_length(uri), octet_length(version) FROM weir_files"))
                .containsExactly("1800|300");
    }

    /** The server's clock decides: today is not older than a day, whatever the partitions are named. */
    @Test
    void dropsOldDaysAndNothingElse() throws Exception {
        LocalDate today = LocalDate.parse(
                server.rows(url, "SELECT (now() AT TIME ZONE 'UTC')::date").get(0));
        try (Connection connection = server.connect(url)) {
            FileDays.ensure(
                    connection,
                    List.of(today.minusDays(400), today.minusDays(31), today.minusDays(30), today, today.plusDays(9)));
            server.execute(
                    url,
                    "CREATE TABLE weir_files_1999_01_01 (a int)",
                    "CREATE TABLE weir_files_old PARTITION OF weir_files FOR VALUES FROM ('1999-01-01') TO ('1999-01-02')");

            assertThat(FileDays.drop(connection, Duration.ofDays(30))).isEqualTo(2);
            assertThat(FileDays.drop(connection, Duration.ofDays(30))).isZero();
            assertThat(server.rows(url, DAYS)).hasSize(5).contains("weir_files_1999_01_01", "weir_files_old");
            assertThatThrownBy(() -> FileDays.drop(connection, Duration.ofHours(23)))
                    .hasMessageContaining("keep must be at least 1 day");
        }
    }

    @Test
    void aReaderOfTheTableIsNotWaitedForLong() throws Exception {
        try (Connection connection = server.connect(url);
                Connection reader = server.connect(url)) {
            FileDays.ensure(connection, List.of(LocalDate.parse("2020-01-01")));
            reader.setAutoCommit(false);
            reader.createStatement().execute("SELECT * FROM weir_files");
            assertThatThrownBy(() -> FileDays.drop(connection, Duration.ofDays(30)))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("55P03"));
        }
    }

    @Test
    void theLedgerDropsDaysThatAreOlderThanTheRetention() throws Exception {
        long now = System.currentTimeMillis();
        try (Connection connection = server.connect(url)) {
            FileDays.ensure(connection, List.of(LocalDate.parse("2020-01-01")));
        }
        OutsideLedger today = ledger(server.options(url), now);
        today.write(new Position(1, 1), new Tally(), List.of());
        assertThat(server.rows(url, DAYS)).as("no file was announced").hasSize(1);
        today.write(new Position(1, 2), new Tally(), List.of(new FinishedFile("a", "v", true, 9, 5, 2, "", now, now)));
        assertThat(server.rows(url, DAYS)).hasSize(1).doesNotContain("weir_files_2020_01_01");
    }

    @Test
    void aWriterNeedsOnlyTheDocumentedGrants() throws Exception {
        String role = "writer_" + url.replaceAll(".*/", "");
        server.execute(
                url,
                "CREATE ROLE " + role + " LOGIN PASSWORD 'w'",
                "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
                Grants.of("public", role));
        WeirConfig.Postgres o = server.options(url);
        OutsideLedger writer = ledger(
                new WeirConfig.Postgres(o.url(), role, "w", null, o.schema(), o.delivery(), false, o.maxPendingBytes()),
                System.currentTimeMillis());
        try (Connection connection = server.connect(url)) {
            FileDays.ensure(connection, List.of(LocalDate.parse("2020-01-01")));
        }
        long now = System.currentTimeMillis();
        writer.write(new Position(1, 1), new Tally(), List.of(new FinishedFile("a", "v", true, 9, 5, 2, "", now, now)));
        assertThat(server.rows(url, ROWS)).hasSize(1);
        assertThat(server.rows(url, DAYS)).as("old days are dropped").hasSize(1);
    }

    private static String table(long millis) {
        String day = LocalDate.ofEpochDay(Math.floorDiv(millis, DAY)).toString();
        return "weir_files_" + day.replace('-', '_');
    }

    private static String pipeline() {
        return TestConfigs.longJson().pipeline();
    }

    private static OutsideLedger ledger(WeirConfig.Postgres postgres, long nowMillis) {
        WeirConfig any = TestConfigs.longJson();
        WeirConfig config = TestConfigs.withSinks(any, any.kafka(), null, postgres);
        return new OutsideLedger(
                new Run("run", config, Fence.NONE), InstantSource.fixed(Instant.ofEpochMilli(nowMillis)));
    }
}
