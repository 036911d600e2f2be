package dev.weir.announce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.config.WeirConfig;
import dev.weir.files.FileListing.Listed;
import dev.weir.postgres.Migrations;
import dev.weir.testing.PostgresServer;
import dev.weir.testing.generate.TestConfigs;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files {@code announce --missing} leaves out. */
class KnownFilesIT {
    private static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    Path temp;

    private String database;
    private WeirConfig config;

    @BeforeEach
    void database() throws Exception {
        database = PostgresServer.shared().newDatabase();
        WeirConfig plain = AnnouncedDirectory.in(temp, "localhost:1").config();
        config = TestConfigs.withSinks(
                plain, plain.kafka(), plain.lake(), PostgresServer.shared().options(database));
    }

    @Test
    void leavesOutWhatWasReadOrRejectedUnlessItIsNewer() throws Exception {
        Migrations.apply(config.postgres());
        PostgresServer.shared()
                .execute(
                        database,
                        "SELECT weir_ensure_file_day('2026-02-28')",
                        "SELECT weir_ensure_file_day('2026-03-01')",
                        row("plant", "s3://b/read", "1", "read", "2026-02-28 12:00:00Z"),
                        row("plant", "s3://b/read", "2", "read", "2026-03-01 12:00:00Z"),
                        row("plant", "s3://b/rejected", "", "rejected", "2026-03-01 12:00:00Z"),
                        row("other", "s3://b/of-another", "1", "read", "2026-03-01 12:00:00Z"));
        try (KnownFiles known = new KnownFiles(config)) {
            assertThat(known.missing(List.of(
                            file("s3://b/read", 0),
                            file("s3://b/rejected", 0),
                            file("s3://b/of-another", 0),
                            file("s3://b/new", 0))))
                    .containsExactly(file("s3://b/of-another", 0), file("s3://b/new", 0));
            // The clocks of the store and of the announcement may differ by two seconds.
            assertThat(known.missing(List.of(file("s3://b/read", 2_000), file("s3://b/rejected", 2_001))))
                    .containsExactly(file("s3://b/rejected", 2_001));
            assertThat(known.missing(List.of())).isEmpty();
        }
    }

    @Test
    void saysWhatToDoWithoutTheTable() {
        try (KnownFiles known = new KnownFiles(config)) {
            assertThatThrownBy(() -> known.missing(List.of(file("s3://b/read", 0))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("weir.postgres.url: --missing cannot read weir_files: ERROR: relation")
                    .hasMessageContaining("Let Weir bring the tables up to date (weir.postgres.migrate: true)");
        }
    }

    private static Listed file(String uri, long millisLater) {
        return new Listed(uri, 1, AT.toEpochMilli() + millisLater);
    }

    private static String row(String pipeline, String uri, String version, String state, String announced) {
        return "INSERT INTO weir_files (pipeline, uri, version, generation, state, bytes, rows, rows_rejected, detail,"
                + " announced_at, read_at, checkpoint_id) VALUES ('" + pipeline + "', '" + uri + "', '" + version
                + "', 1, '" + state + "', 1, 1, 0, '', '" + announced + "', '" + announced + "', 1)";
    }
}
