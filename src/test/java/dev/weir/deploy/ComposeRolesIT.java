package dev.weir.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.config.WeirConfig;
import dev.weir.postgres.Migrations;
import dev.weir.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The roles that {@code docker/postgres-init.sh} makes, on a real server: what the job's may, and what Grafana's may not. */
class ComposeRolesIT {
    private static final PostgresServer SERVER = PostgresServer.shared();
    private static String url;

    @BeforeAll
    static void makeThem() throws IOException {
        SERVER.execute(SERVER.url(), "CREATE DATABASE weir");
        url = SERVER.url("weir");
        SERVER.execute(url, statements());
        WeirConfig.Postgres as = SERVER.options(url);
        Migrations.apply(new WeirConfig.Postgres(
                // The first host answers nobody, as after a failover; the driver takes the one that is the primary.
                "jdbc:postgresql://127.0.0.1:1,127.0.0.1:" + SERVER.port() + "/weir?targetServerType=primary",
                "weir",
                as.password(),
                as.passwordFile(),
                as.schema(),
                as.delivery(),
                true,
                as.maxPendingBytes()));
    }

    @AfterAll
    static void dropThem() {
        SERVER.execute(SERVER.url(), "DROP DATABASE weir WITH (FORCE)", "DROP ROLE grafana", "DROP ROLE weir");
    }

    /** Of the script what psql sends, with passwords of the test's; the superuser keeps its own. */
    private static String[] statements() throws IOException {
        String script = Files.readString(Path.of("docker/postgres-init.sh"));
        String sql = script.substring(script.indexOf("<< 'SQL'\n") + 9, script.indexOf("\nSQL\n"));
        return sql.lines()
                .filter(line -> !line.startsWith("\\set ") && !line.contains("CURRENT_USER"))
                .map(line -> line.replaceAll(":'[a-z]+'", "'secret'"))
                .toArray(String[]::new);
    }

    @Test
    void theJobsRoleIsNoSuperuserAndHasMadeItsTables() {
        assertThat(SERVER.rows(url, "SELECT rolsuper, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = 'weir'"))
                .containsExactly("f|f|f");
        assertThat(SERVER.rows(url, "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'"))
                .containsExactly("weir");
    }

    @Test
    void grafanaReadsWhatTheJobMadeAndPartitionsThatComeLater() throws SQLException {
        SERVER.execute(url, "SET ROLE weir; SELECT weir_ensure_year(2031)");

        assertThat(count("sensor_aggregates")).isZero();
        assertThat(count("sensor_aggregates_2031")).isZero();
        assertThat(count("weir_books")).isZero();
    }

    @Test
    void grafanaWritesNothing() {
        for (String sql : new String[] {
            "INSERT INTO weir_pipelines (pipeline) VALUES ('x')",
            "DELETE FROM weir_books",
            "DROP TABLE weir_books",
            "CREATE TABLE mine (a integer)",
            "CREATE TEMPORARY TABLE mine (a integer)",
            "ALTER ROLE grafana SUPERUSER",
        }) {
            assertThatThrownBy(() -> asGrafana("SET default_transaction_read_only = off", sql))
                    .as(sql)
                    .isInstanceOf(SQLException.class)
                    .hasMessageMatching("(?s).*(permission denied|must be (owner|superuser)).*");
            assertThatThrownBy(() -> asGrafana(sql)).as(sql).isInstanceOf(SQLException.class);
        }
    }

    private static int count(String table) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, "grafana", "secret");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT count(*) FROM " + table)) {
            result.next();
            return result.getInt(1);
        }
    }

    private static void asGrafana(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, "grafana", "secret");
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
