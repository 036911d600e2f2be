package dev.weir.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.config.WeirConfig;
import dev.weir.doctor.Examination;
import dev.weir.sink.postgres.Rows;
import dev.weir.testing.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions that run with the rights of their owner, against a role that may create objects in their schema. */
class SecurityDefinerIT {
    private static final String DEFINERS =
            "SELECT proname, pg_get_function_identity_arguments(oid) FROM pg_proc WHERE prosecdef AND pronamespace ="
                    + " '%s'::regnamespace ORDER BY 1, 2";
    private static final String SOURCE =
            "SELECT string_agg(pg_get_functiondef(oid), ' ') FROM pg_proc WHERE prosecdef AND pronamespace = '%s'::regnamespace";
    /** A value for each type of argument that such a function has; whoever adds a type adds a value. */
    private static final Map<String, String> VALUES = Map.of(
            "integer",
            "2031",
            "text",
            "'x'",
            "bigint",
            "2031",
            "integer[]",
            "'{2031}'",
            "interval",
            "'90 days'",
            "date",
            "'2031-02-28'");

    private static final String BOUNDS = "SELECT c.relname, pg_get_expr(c.relpartbound, c.oid) FROM pg_inherits i"
            + " JOIN pg_class c ON c.oid = i.inhrelid WHERE c.relkind = 'r' ORDER BY 1";

    private final PostgresServer server = PostgresServer.shared();
    private final String url = server.newDatabase();

    @ParameterizedTest
    @ValueSource(strings = {"public", "weir$ensure$x"})
    void noneRunsWhatSomebodyElsePutIntoTheSchema(String schema) throws SQLException {
        WeirConfig.Postgres options = in(schema);
        Migrations.apply(options);
        String role = Shadows.attacker(server, url, schema);
        String quoted = Connections.quoted(schema);
        String regnamespace = quoted.replace("'", "''");
        List<String> definers = server.rows(url, DEFINERS.formatted(regnamespace));
        assertThat(definers).contains("weir_ensure_year|year integer");

        try (Connection attacker = Shadows.place(
                url,
                role,
                schema,
                server.rows(url, SOURCE.formatted(regnamespace)).get(0))) {
            for (String definer : definers) {
                String call = call(quoted, definer);
                // By its own owner, as a job with migrations on does; then by the attacker.
                server.execute(url, Shadows.hostile(schema), hostile(call));
                String signature = quoted + "." + definer.replace("|", "(") + ")";
                server.execute(url, "GRANT EXECUTE ON FUNCTION " + signature + " TO " + role);
                attacker.createStatement().execute(hostile(call.replace("2031", "2032")));
            }
        }

        assertThat(server.rows(url, BOUNDS))
                .containsExactly(
                        "sensor_aggregates_2031|FOR VALUES FROM ('2031-01-01 00:00:00+00') TO ('2032-01-01 00:00:00+00')",
                        "sensor_aggregates_2032|FOR VALUES FROM ('2032-01-01 00:00:00+00') TO ('2033-01-01 00:00:00+00')",
                        "weir_files_2031_02_28|FOR VALUES FROM ('2031-02-28 00:00:00+00') TO ('2031-03-01 00:00:00+00')",
                        "weir_files_2032_02_28|FOR VALUES FROM ('2032-02-28 00:00:00+00') TO ('2032-02-29 00:00:00+00')");
    }

    @ParameterizedTest
    @ValueSource(strings = {"weir$ensure_year$", "$$", "it's \"odd\" \\ $1"})
    void worksInASchemaOfAnyName(String schema) throws SQLException {
        WeirConfig.Postgres options = in(schema);
        Migrations.apply(options);
        Migrations.check(options);
        try (Connection connection = new Connections(options, "p").open()) {
            Years.ensure(connection, List.of(2031, 2031));
            LocalDate day = LocalDate.parse("2020-02-29");
            FileDays.ensure(connection, List.of(day, day));
            assertThat(server.rows(url, BOUNDS)).hasSize(2);
            assertThat(FileDays.drop(connection, Duration.ofDays(90))).isEqualTo(1);
        }
        assertThat(server.rows(url, BOUNDS)).hasSize(1);
    }

    /** So the attack can succeed: the function as V1 made it runs the attacker's code. The upgrade does not, and ends it. */
    @Test
    void theAttackSucceedsOnTheFunctionOfVersionOneAndNotOnItsUpgrade() throws SQLException {
        WeirConfig.Postgres options = in("public");
        Migrations.configured(options, true).target("2").load().migrate();
        String role = Shadows.attacker(server, url, "public");
        String source = server.rows(url, SOURCE.formatted("public")).get(0) + " " + Shadows.OF_OURS;
        try (Connection attacker = Shadows.place(url, role, "public", source)) {
            assertThatThrownBy(() ->
                            server.execute(url, "SET search_path = pg_catalog", "SELECT public.weir_ensure_year(2031)"))
                    .hasMessageContaining(Shadows.HIJACKED)
                    .hasMessageContaining("format(");
            assertThat(attacker.isClosed()).isFalse();

            Migrations.apply(options);

            Migrations.check(options);
            List<String> found = new ArrayList<>();
            new PostgresArea(options, "p")
                    .examine(new Examination(Duration.ofSeconds(20), (name, finding) -> found.add(finding.toString())));
            assertThat(found).hasSize(6).allMatch(finding -> finding.contains("level=ok"), "is well");
        }
        server.execute(url, "SELECT public.weir_ensure_year(2031)");
    }

    /** What the attack cannot show of a function that does little yet. */
    @Test
    void eachPinsItsSearchPathAndSettingsAndIsNobodysByDefault() {
        Migrations.apply(in("public"));

        List<String> settings = server.rows(
                url,
                "SELECT proname, array_to_string(proconfig, ';'), coalesce(array_to_string(proacl, ';'),"
                        + " 'everybody') FROM pg_proc WHERE prosecdef");

        assertThat(settings).isNotEmpty().allSatisfy(function -> assertThat(function)
                .contains("search_path=pg_catalog, pg_temp;TimeZone=UTC;")
                .contains("DateStyle=ISO, YMD")
                .doesNotContain("everybody")
                .doesNotContain(";=X/"));
    }

    /** Version 3 with rows in every table, as an upgrade finds it: they stay, and the new table is there and empty. */
    @Test
    void aFilledDatabaseOfVersionThreeGetsTheTableOfFiles() throws SQLException {
        WeirConfig.Postgres options = in("public");
        Migrations.configured(options, true).target("3").load().migrate();
        try (Connection connection = new Connections(options, "p").open()) {
            Years.ensure(connection, List.of(2024));
            Rows.upsert(connection, Rows.row("s", 1, false, 1));
        }
        server.execute(
                url,
                "INSERT INTO weir_pipelines VALUES ('p', 3, 7)",
                "INSERT INTO weir_books VALUES ('p', 3, 'events.read', 5, 7)",
                "INSERT INTO weir_runs (pipeline, serial, run_id) VALUES ('p', 1, 'r')");
        String all = "SELECT * FROM sensor_aggregates, weir_pipelines, weir_books, weir_runs";
        List<String> before = server.rows(url, all);

        Migrations.apply(options);

        assertThat(server.rows(url, all)).isEqualTo(before).hasSize(1);
        assertThat(server.rows(url, "SELECT count(*) FROM weir_files")).containsExactly("0");
        Migrations.check(options);
    }

    @Test
    void whatVersionTwoHoldsStaysAndItsGrantsToo() throws SQLException {
        WeirConfig.Postgres options = in("public");
        Migrations.configured(options, true).target("2").load().migrate();
        String role = "writer_" + url.replaceAll(".*/", "");
        server.execute(
                url,
                "CREATE ROLE " + role + " LOGIN",
                Grants.beforeFiles("public", role),
                "SELECT weir_ensure_year(2024)",
                "INSERT INTO weir_pipelines VALUES ('p', 3, 7)");
        try (Connection connection = new Connections(options, "p").open()) {
            Rows.upsert(connection, Rows.row("s", 1, false, 1));
        }
        List<String> rows = server.rows(url, "SELECT * FROM sensor_aggregates, weir_pipelines");

        Migrations.apply(options);

        assertThat(server.rows(url, "SELECT * FROM sensor_aggregates, weir_pipelines"))
                .isEqualTo(rows)
                .hasSize(1);
        try (Connection writer = DriverManager.getConnection(url, role, null)) {
            writer.createStatement().execute("SELECT weir_ensure_year(2024), weir_ensure_year(2025)");
        }
        assertThat(server.rows(url, BOUNDS)).hasSize(2);
    }

    private static String call(String quoted, String definer) {
        String[] parts = definer.split("\\|", -1);
        String values = Arrays.stream(parts[1].split(", ", -1))
                .filter(argument -> !argument.isEmpty())
                .map(argument -> argument.substring(argument.indexOf(' ') + 1))
                .map(type -> {
                    assertThat(VALUES).containsKey(type);
                    return VALUES.get(type) + "::pg_catalog."
                            + type.replace("integer", "int4").replace("bigint", "int8");
                })
                .collect(Collectors.joining(", "));
        return "SELECT " + quoted + "." + parts[0] + "(" + values + ")";
    }

    private static String hostile(String call) {
        return "SELECT pg_temp.hostile($call$" + call + "$call$)";
    }

    private WeirConfig.Postgres in(String schema) {
        WeirConfig.Postgres o = server.options(url);
        return new WeirConfig.Postgres(
                o.url(), o.user(), o.password(), null, schema, o.delivery(), o.migrate(), o.maxPendingBytes());
    }
}
