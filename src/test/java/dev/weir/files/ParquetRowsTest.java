package dev.weir.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.catalog.Input;
import dev.weir.core.catalog.Input.Format;
import dev.weir.core.decode.RecordJson;
import dev.weir.core.model.FileOutcome;
import dev.weir.core.model.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that DuckDB wrote, which shares no code with Parquet's Java reader. */
class ParquetRowsTest {
    private static final String URI = "s3://b/a.parquet";
    private static final int ROWS = 10_000;

    private final Reading reading = new Reading();
    private final Input input = Reading.input(Format.PARQUET);

    @TempDir
    Path directory;

    @AfterEach
    void everythingIsReleased() {
        reading.reader.close();
        Awaitility.await().until(() -> reading.store.openStreams.get() == 0);
    }

    private byte[] file(String codec) throws SQLException, IOException {
        Path file = directory.resolve(codec + ".parquet");
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement sql = duckdb.createStatement()) {
            sql.execute(
                    "copy (select case when i % 5 = 0 then null else 's' || i end as id, i as ts, i / 2.0::double as v,"
                            + " i % 3 = 0 as b, [i, i + 1] as l, (i / 4)::decimal(9, 2) as d from range(" + ROWS
                            + ") t(i))"
                            + " to '" + file + "' (format parquet, codec '" + codec + "', row_group_size 3000)");
        }
        return Files.readAllBytes(file);
    }

    private List<String> read(ResumeAt resume) {
        List<String> rows = new ArrayList<>();
        RecordJson json = new RecordJson();
        FileReader.Handle handle = reading.reader.open(input, Reading.file(URI), resume);
        reading.end = null;
        Awaitility.await().until(() -> {
            for (Rows next = handle.poll(); next != null; next = handle.poll()) {
                for (byte[] row : next.rows()) {
                    rows.add(new String(json.of(row, next.head().avroSchema()), UTF_8));
                }
                if (next.end() != null) {
                    reading.end = next.end();
                    return true;
                }
            }
            return false;
        });
        handle.close();
        return rows;
    }

    @ParameterizedTest
    @ValueSource(strings = {"uncompressed", "snappy", "gzip", "zstd", "lz4_raw"})
    void readsEveryCodec(String codec) throws Exception {
        reading.store.put(URI, file(codec));
        List<String> rows = read(ResumeAt.START);
        assertThat(reading.end)
                .extracting(FileOutcome::kind, FileOutcome::reject)
                .containsExactly(FileOutcome.Kind.READ, null);
        assertThat(rows).hasSize(ROWS);
        for (int i = 0; i < ROWS; i++) {
            assertThat(rows.get(i))
                    .startsWith("{\"id\":" + (i % 5 == 0 ? "null" : "\"s" + i + '"') + ",\"ts\":" + i + ",\"v\":"
                            + i / 2.0 + ",\"b\":" + (i % 3 == 0) + ",\"l\":");
        }
    }

    @Test
    void goesOnBehindTheRowsThatWereRead() throws Exception {
        byte[] file = file("zstd");
        reading.store.put(URI, file, 500);
        List<String> rows = read(new ResumeAt(7_777, file.length, 500));
        assertThat(rows).hasSize(ROWS - 7_777);
        assertThat(rows.get(0)).contains("\"ts\":7777,");
    }

    @Test
    void aConnectionThatBreaksIsReplaced() throws Exception {
        byte[] file = file("snappy");
        reading.store.put(URI, file);
        reading.store.breakAt(URI, file.length / 3, 1);
        assertThat(read(ResumeAt.START)).hasSize(ROWS);
    }

    @Test
    void aDamagedFileIsUnreadable() throws Exception {
        byte[] file = file("snappy");
        reading.store.put(URI, Arrays.copyOf(file, file.length - 100));
        assertThat(read(ResumeAt.START)).isEmpty();
        assertThat(reading.end.reject().reason()).isEqualTo(Reason.FILE_UNREADABLE);
        byte[] middle = file.clone();
        Arrays.fill(middle, file.length / 2, file.length / 2 + 2_000, (byte) 0x77);
        reading.store.put(URI, middle);
        assertThat(read(ResumeAt.START)).hasSizeLessThan(ROWS);
        assertThat(reading.end.reject().reason()).isEqualTo(Reason.FILE_UNREADABLE);
        reading.store.put(URI, "no parquet".getBytes(UTF_8));
        assertThat(read(ResumeAt.START)).isEmpty();
        assertThat(reading.end.reject().detail()).startsWith("after 0 rows: damaged: ");
    }

    @Test
    void aParquetFileIsNotReadBeforeItsTurn() throws Exception {
        reading.store.put(URI, file("snappy"));
        reading.store.put("s3://b/b.csv", Reading.csv(1));
        FileReader.Handle handle = reading.reader.open(input, Reading.file(URI), ResumeAt.START);
        FileReader.Handle csv = reading.open("s3://b/b.csv");
        reading.readAll(csv);
        assertThat(reading.store.opens.get()).isEqualTo(1);
        Awaitility.await().until(() -> handle.stamp() != null);
        handle.close();
    }
}
