package dev.weir.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.config.WeirConfig;
import dev.weir.core.model.AggregateColumns;
import dev.weir.core.model.Column;
import dev.weir.sink.postgres.Rows;
import dev.weir.testing.PostgresServer;
import java.net.URL;
import java.net.URLClassLoader;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MigrationsIT {
    private final PostgresServer server = PostgresServer.shared();
    private final String url = server.newDatabase();

    @Test
    void makesTheInterfaceOnAnEmptyDatabase() {
        Migrations.apply(server.options(url));

        // In any order: a column that a later migration adds stands behind updated_at.
        List<String> columns = new ArrayList<>();
        AggregateColumns.ALL.forEach(
                column -> columns.add(column.name() + '|' + type(column) + '|' + (column.nullable() ? "YES" : "NO")));
        columns.add("updated_at|timestamp with time zone||NO");
        assertThat(server.rows(
                        url,
                        "SELECT column_name, data_type, collation_name, is_nullable FROM information_schema.columns"
                                + " WHERE table_name = 'sensor_aggregates' ORDER BY ordinal_position"))
                .containsExactlyInAnyOrderElementsOf(columns);
        assertThat(server.rows(
                        url,
                        "SELECT pg_get_constraintdef(oid) FROM pg_constraint"
                                + " WHERE conrelid = 'sensor_aggregates'::regclass AND contype = 'p'"))
                .containsExactly("PRIMARY KEY ("
                        + AggregateColumns.KEY.stream().map(Column::name).collect(Collectors.joining(", ")) + ")");
        assertThat(server.rows(url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"))
                .containsExactly(
                        "sensor_aggregates",
                        "weir_books",
                        "weir_files",
                        "weir_generations",
                        "weir_pipelines",
                        "weir_runs",
                        "weir_schema_history");
        Migrations.check(server.options(url));
    }

    /** The type and collation that a column of the list has here. Texts other than identifiers have the database's collation. */
    private static String type(Column column) {
        return switch (column.type()) {
            case TEXT -> column.nullable() ? "text|" : "text|C";
            case INT32 -> "integer|";
            case INT64 -> "bigint|";
            case FLOAT64 -> "double precision|";
            case BOOL -> "boolean|";
            case TIMESTAMP -> "timestamp with time zone|";
        };
    }

    @Test
    void leavesRowsAloneWhenAppliedAgain() {
        Migrations.apply(server.options(url));
        server.execute(url, "INSERT INTO weir_pipelines VALUES ('p', 3, 7)");

        Migrations.apply(server.options(url));

        assertThat(server.rows(url, "SELECT pipeline, generation, checkpoint_id FROM weir_pipelines"))
                .containsExactly("p|3|7");
    }

    @Test
    void livesBesideOtherPeoplesTables() {
        server.execute(url, "CREATE TABLE theirs (a int)", "INSERT INTO theirs VALUES (1)");

        Migrations.apply(server.options(url));

        assertThat(server.rows(url, "SELECT a FROM theirs")).containsExactly("1");
        assertThat(server.rows(url, "SELECT count(*) FROM sensor_aggregates")).containsExactly("0");
    }

    @Test
    void refusesATableOfThatNameThatIsNotItsOwn() {
        server.execute(url, "CREATE TABLE sensor_aggregates (a int)");

        assertThatThrownBy(() -> Migrations.apply(server.options(url)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("weir.postgres.schema: public already has table sensor_aggregates")
                .hasMessageContaining("Name another schema for Weir's tables")
                .hasMessageNotContaining("right to create");
        assertThatThrownBy(() -> Migrations.check(server.options(url)))
                .hasMessageStartingWith("weir.postgres.schema: public already has table sensor_aggregates");
        assertThat(server.rows(url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
                .containsExactly("sensor_aggregates");
        server.execute(url, "DROP TABLE sensor_aggregates", "CREATE VIEW weir_runs AS SELECT 1");
        assertThatThrownBy(() -> Migrations.apply(server.options(url)))
                .hasMessageStartingWith("weir.postgres.schema: public already has view weir_runs");
    }

    @Test
    void makesTheSchemaIfMissingWhateverItsName() throws SQLException {
        WeirConfig.Postgres odd = inSchema(server.options(url), "Odd \"name\"");

        Migrations.apply(odd);
        Migrations.check(odd);
        try (Connection connection = new Connections(odd, "p").open()) {
            Years.ensure(connection, List.of(2024));
        }

        assertThat(server.rows(url, "SELECT tablename FROM pg_tables WHERE schemaname = 'Odd \"name\"' ORDER BY 1"))
                .contains("sensor_aggregates", "sensor_aggregates_2024", "weir_schema_history");
    }

    @Test
    void appliesOnceWhenSeveralStartTogether() throws Exception {
        inThreads(4, i -> Migrations.apply(server.options(url)));

        assertThat(server.rows(
                        url, "SELECT version FROM weir_schema_history WHERE type = 'SQL' ORDER BY installed_rank"))
                .startsWith("1", "2", "3")
                .doesNotHaveDuplicates();
    }

    @Test
    void waitsForAnotherStartNoLongerThanItsPatience() throws SQLException {
        WeirConfig.Postgres options = server.options(url);
        try (Connection other = new Connections(options, "another start").open();
                var lock = other.prepareStatement("SELECT pg_advisory_lock(hashtextextended(?, 0))")) {
            lock.setString(1, "weir_schema_history in public");
            lock.execute();

            assertThatThrownBy(() -> Migrations.apply(options, Duration.ofSeconds(1)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith(
                            "weir.postgres.migrate: another start has been bringing the tables in schema public up to date for 1 s")
                    .hasMessageContaining("weir-migration lock");
            assertThat(server.rows(url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
                    .isEmpty();
        }
        Migrations.apply(options, Duration.ofSeconds(1));
        Migrations.check(options);
    }

    @Test
    void checkNamesTheOptionAndTheCureWhenTablesAreMissing() {
        assertThatThrownBy(() -> Migrations.check(server.options(url)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("weir.postgres.migrate is false")
                .hasMessageContaining("V1__aggregates.sql")
                .hasMessageContaining("weir.postgres.migrate: true");
    }

    @Test
    void aWriterNeedsOnlyTheDocumentedGrants() throws SQLException {
        Migrations.apply(server.options(url));
        String role = "writer_" + url.replaceAll(".*/", "");
        server.execute(
                url, "CREATE ROLE " + role + " LOGIN PASSWORD 'w'", "REVOKE CREATE ON SCHEMA public FROM PUBLIC");
        WeirConfig.Postgres writer = as(server.options(url), role, "w");

        // First, that it cannot without them.
        assertThatThrownBy(() -> Migrations.check(writer)).hasMessageContaining("docs/postgres.md");
        server.execute(url, Grants.of("public", role));

        Migrations.check(writer);
        try (Connection connection = new Connections(writer, "p").open()) {
            Years.ensure(connection, List.of(2024));
            assertThat(Rows.upsert(connection, Rows.row("s", 1, false, 1))).isEqualTo(1);
            assertThat(Rows.upsert(connection, Rows.row("s", 1, false, 2))).isEqualTo(1);
            assertThatThrownBy(() -> connection.createStatement().execute("CREATE TABLE other (a int)"))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void makesYearsOnceHoweverManyAskTogether() throws Exception {
        Migrations.apply(server.options(url));
        List<Integer> years = IntStream.rangeClosed(2000, 2009).boxed().toList();

        inThreads(8, i -> {
            List<Integer> mine = new ArrayList<>(years.subList(i, years.size()));
            mine.addAll(years.subList(0, i));
            try (Connection connection = new Connections(server.options(url), "p").open()) {
                for (int year : mine) {
                    Years.ensure(connection, List.of(year));
                }
            }
        });

        assertThat(server.rows(
                        url,
                        "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
                                + " WHERE i.inhparent = 'sensor_aggregates'::regclass ORDER BY 1"))
                .containsExactlyElementsOf(
                        years.stream().map(y -> "sensor_aggregates_" + y).toList());
    }

    @Test
    void aYearReachesFromItsFirstInstantToTheNextOnesInUtcWhateverTheSessionsZone() throws SQLException {
        Migrations.apply(server.options(url));
        try (Connection connection = new Connections(server.options(url), "p").open()) {
            connection.createStatement().execute("SET timezone = 'Asia/Shanghai'");
            Years.ensure(connection, Arrays.asList(2024, 12024, 1, 0, -4712, 294275));
        }

        assertThat(server.rows(
                        url,
                        "SELECT c.relname, pg_get_expr(c.relpartbound, c.oid) FROM pg_inherits i"
                                + " JOIN pg_class c ON c.oid = i.inhrelid WHERE c.relkind = 'r' ORDER BY 1"))
                .containsExactly(
                        bound("0001", "0001-01-01 00:00:00+00", "0002-01-01 00:00:00+00"),
                        bound("12024", "12024-01-01 00:00:00+00", "12025-01-01 00:00:00+00"),
                        bound("2024", "2024-01-01 00:00:00+00", "2025-01-01 00:00:00+00"),
                        bound("294275", "294275-01-01 00:00:00+00", "294276-01-01 00:00:00+00"),
                        bound("bc_0001", "0001-01-01 00:00:00+00 BC", "0001-01-01 00:00:00+00"),
                        bound("bc_4713", "4713-01-01 00:00:00+00 BC", "4712-01-01 00:00:00+00 BC"));
    }

    @Test
    void refusesAYearThatATimestampCannotHold() throws SQLException {
        Migrations.apply(server.options(url));
        try (Connection connection = new Connections(server.options(url), "p").open()) {
            assertThatThrownBy(() -> Years.ensure(connection, List.of(294276))).hasMessageContaining("-4712 to 294275");
        }
    }

    @Test
    void findsItsScriptsFromAnyContextClassLoader() throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader empty = new URLClassLoader(new URL[0], null)) {
            Thread.currentThread().setContextClassLoader(empty);
            Migrations.apply(server.options(url));
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }

        assertThat(server.rows(url, "SELECT count(*) FROM sensor_aggregates")).containsExactly("0");
    }

    private static String bound(String suffix, String from, String to) {
        return "sensor_aggregates_" + suffix + "|FOR VALUES FROM ('" + from + "') TO ('" + to + "')";
    }

    private static WeirConfig.Postgres inSchema(WeirConfig.Postgres o, String schema) {
        return new WeirConfig.Postgres(
                o.url(), o.user(), o.password(), null, schema, o.delivery(), o.migrate(), o.maxPendingBytes());
    }

    private static WeirConfig.Postgres as(WeirConfig.Postgres o, String user, String password) {
        return new WeirConfig.Postgres(
                o.url(), user, password, null, o.schema(), o.delivery(), false, o.maxPendingBytes());
    }

    private interface Work {
        void run(int thread) throws Exception;
    }

    private static void inThreads(int threads, Work work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch go = new CountDownLatch(threads);
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                done.add(pool.submit(() -> {
                    go.countDown();
                    go.await();
                    work.run(thread);
                    return null;
                }));
            }
            for (Future<?> one : done) {
                one.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
