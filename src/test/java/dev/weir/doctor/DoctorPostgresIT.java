package dev.weir.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.postgres.Grants;
import dev.weir.postgres.Migrations;
import dev.weir.testing.KafkaBroker;
import dev.weir.testing.PostgresServer;
import dev.weir.testing.pipeline.Server;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code doctor} on a real PostgreSQL: what it says about rights, tables, and the pipeline that the tables belong to. */
@Timeout(60)
class DoctorPostgresIT {
    private static final PostgresServer POSTGRES = PostgresServer.shared();

    @Server
    static KafkaBroker broker;

    @TempDir
    Path directory;

    @Test
    void everythingIsRightForARoleThatMayOnlyWrite() {
        String database = POSTGRES.newDatabase();
        Migrations.apply(POSTGRES.options(database));
        Map<String, String> options = DoctorOptions.withWriter(options("doctor-writer", database));
        POSTGRES.execute(database, Grants.of("public", options.get("weir.postgres.user")));
        broker.createTopic("doctor-writer-dlq", 2, Map.of("max.message.bytes", "1114124"));

        DoctorVisit visit = visit(options);

        assertThat(visit.output()).contains("doctor-writer-dlq can be written", "ok    years", "ok    grants");
        assertThat(visit.exitCode()).as(visit.output()).isZero();
        assertThat(POSTGRES.rows(
                        database, "SELECT inhrelid FROM pg_inherits WHERE inhparent = 'sensor_aggregates'::regclass"))
                .as("the year of the trial is gone")
                .isEmpty();
    }

    @Test
    void aMissingRightIsNamedWithTheGrant() {
        String database = POSTGRES.newDatabase();
        Migrations.apply(POSTGRES.options(database));
        Map<String, String> options = DoctorOptions.withWriter(options("doctor-grant", database));
        String role = options.get("weir.postgres.user");
        POSTGRES.execute(
                database,
                Grants.of("public", role),
                "REVOKE INSERT ON weir_books FROM " + role,
                "REVOKE EXECUTE ON FUNCTION weir_ensure_year(integer) FROM " + role);

        DoctorVisit visit = visit(options);

        assertThat(visit.line("grants"))
                .startsWith("FAIL")
                .contains("GRANT INSERT ON \"public\".weir_books TO " + role)
                .contains("GRANT EXECUTE ON FUNCTION \"public\".weir_ensure_year(integer) TO " + role)
                .doesNotContain("sensor_aggregates");
        assertThat(visit.line("years")).startsWith("skip").endsWith("fix \"grants\" first");
        assertThat(visit.exitCode()).isEqualTo(1);
    }

    @Test
    void missingTablesAreNamedWhereTheJobMayNotMakeThem() {
        Map<String, String> options = options("doctor-tables", POSTGRES.newDatabase());
        options.put("weir.postgres.migrate", "false");

        DoctorVisit visit = visit(options);

        assertThat(visit.line("tables"))
                .startsWith("FAIL")
                .contains("V1__aggregates.sql", "Run once with weir.postgres.migrate: true");
        assertThat(visit.line("grants")).startsWith("skip");
        assertThat(visit.exitCode()).isEqualTo(1);
    }

    @Test
    void somebodyElsesTableOfThatNameIsNamedAndNotTheRights() {
        String database = POSTGRES.newDatabase();
        POSTGRES.execute(database, "CREATE TABLE sensor_aggregates (a integer)");

        DoctorVisit visit = visit(options("doctor-theirs", database));

        assertThat(visit.line("tables"))
                .startsWith("FAIL")
                .contains("weir.postgres.schema: public already has table sensor_aggregates", "Name another schema");
        assertThat(visit.exitCode()).isEqualTo(1);
    }

    @Test
    void theSchemaOfAnotherPipelineIsRefused() {
        String database = POSTGRES.newDatabase();
        Migrations.apply(POSTGRES.options(database));
        POSTGRES.execute(database, "INSERT INTO weir_pipelines VALUES ('north', 1, 7)");

        DoctorVisit visit = visit(options("doctor-second", database));

        assertThat(visit.line("pipelines"))
                .startsWith("FAIL")
                .contains("weir.postgres.schema: public holds the rows of pipeline north", "a schema of its own");
        assertThat(visit.exitCode()).isEqualTo(1);
    }

    /** An upgrade that forgets its savepoint would end a minute later in the job's refusal. */
    @Test
    void aStartWithoutStateOfAPipelineThatHasRunBefore() {
        String database = POSTGRES.newDatabase();
        Migrations.apply(POSTGRES.options(database));
        Map<String, String> options = options("doctor-before", database);
        POSTGRES.execute(
                database,
                "INSERT INTO weir_generations (pipeline, generation, run_id, restored_checkpoint_id, without_state)"
                        + " VALUES ('" + options.getOrDefault("weir.pipeline", "weir") + "', 3, 'r', 0, true)");

        DoctorVisit visit = visit(options);

        assertThat(visit.line("state"))
                .startsWith("warn")
                .contains("weir.kafka.start: committed-or-earliest, the default, is refused for a start without state")
                .contains("generation 3");
    }

    private Map<String, String> options(String name, String database) {
        return DoctorOptions.of(broker, name, database, directory);
    }

    private DoctorVisit visit(Map<String, String> options) {
        return DoctorVisit.of(options, directory);
    }
}
