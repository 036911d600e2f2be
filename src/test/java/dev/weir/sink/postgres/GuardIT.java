package dev.weir.sink.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.model.Aggregate;
import dev.weir.core.model.SeriesKey;
import dev.weir.postgres.Connections;
import dev.weir.postgres.Migrations;
import dev.weir.postgres.Years;
import dev.weir.testing.PostgresServer;
import dev.weir.testing.outputs.PostgresOutputs;
import dev.weir.testing.outputs.RowEdit;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The SQL guard and its Java twin against the published order of rows (docs/adr/0004-revision-guard.md). */
class GuardIT {
    private static final PostgresServer SERVER = PostgresServer.shared();
    private static String url;
    private static Connection connection;

    @BeforeContainer
    @BeforeAll
    static void aTable() throws SQLException {
        url = SERVER.newDatabase();
        Migrations.apply(SERVER.options(url));
        connection = new Connections(SERVER.options(url), "guard").open();
        Years.ensure(connection, List.of(2024));
    }

    @AfterContainer
    @AfterAll
    static void close() throws SQLException {
        connection.close();
    }

    /** generation, partial and revision of the row that is there, of the one that comes, and whether that one replaces it. */
    @ParameterizedTest
    @CsvSource({
        // Same generation: the greater revision.
        "1, false, 5,   1, false, 6,   true",
        "1, false, 5,   1, false, 5,   false",
        "1, false, 5,   1, false, 4,   false",
        // Complete rows: the higher generation, even with fewer readings (another catalog may reject more).
        "1, false, 9,   2, false, 1,   true",
        "2, false, 1,   1, false, 9,   false",
        // A partial row never replaces a complete one, whatever its generation and revision; a complete one always
        // replaces a partial.
        "1, false, 1,   9, true, 99,   false",
        "9, true, 99,   1, false, 1,   true",
        // Among partial rows the revision counts first, then the generation.
        "2, true, 5,    3, true, 4,    false",
        "3, true, 4,    2, true, 5,    true",
        "2, true, 5,    3, true, 5,    true",
        "3, true, 5,    2, true, 5,    false",
        "2, true, 5,    2, true, 5,    false",
    })
    void givesWayOnlyToAGreaterRow(int g1, boolean p1, long r1, int g2, boolean p2, long r2, boolean replaces)
            throws SQLException {
        Aggregate there = Rows.row("s", g1, p1, r1);
        Aggregate comes = Rows.row("s", g2, p2, r2);

        clear();
        assertThat(upsert(there)).isEqualTo(1);
        assertThat(upsert(comes)).isEqualTo(replaces ? 1 : 0);

        assertThat(AggregateOrder.GUARD.compare(comes, there) > 0).isEqualTo(replaces);
        assertThat(table()).containsExactly(text(replaces ? comes : there));
    }

    @Property(tries = 150)
    void anyOrderAndRepetitionEndsInTheGreatestRow(@ForAll("rows") List<Aggregate> rows, @ForAll long seed)
            throws SQLException {
        List<Aggregate> delivered = new ArrayList<>(rows);
        delivered.addAll(rows.subList(0, rows.size() / 2));
        Collections.shuffle(delivered, new Random(seed));

        clear();
        for (Aggregate row : delivered) {
            upsert(row);
        }

        assertThat(table()).containsExactly(text(Collections.max(rows, AggregateOrder.GUARD)));
    }

    @Provide
    Arbitrary<List<Aggregate>> rows() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.of(true, false),
                        Arbitraries.longs().between(1, 4))
                .as((generation, partial, revision) -> Rows.row("s", generation, partial, revision))
                .list()
                .ofMinSize(1)
                .ofMaxSize(8);
    }

    @Test
    void keepsEveryColumn() throws SQLException {
        clear();
        // A lone surrogate and a NUL, which no text of PostgreSQL can hold, become U+FFFD.
        Aggregate odd = Aggregate.builder()
                .series(new SeriesKey("s'\\\t☃", "m"))
                .windowSeconds(3600)
                .windowStartMicros(Rows.row("s", 1, false, 1).windowStartMicros())
                .site("a\0b\ud800c")
                .count(3)
                .sum(Double.POSITIVE_INFINITY)
                .min(-0.0)
                .max(Double.MAX_VALUE)
                .mean(Double.NaN)
                .stddev(Double.MIN_VALUE)
                .firstValue(1.0 / 3)
                .lastValue(-2.5)
                .flaggedCount(2)
                .generation(7)
                .partial(true)
                .build();
        upsert(odd);

        assertThat(PostgresOutputs.everyColumn(connection))
                .containsExactly(RowEdit.of(odd).with("site", "a\ufffdb\ufffdc").row());
        assertThat(SERVER.rows(
                        url, "SELECT updated_at BETWEEN now() - interval '1 min' AND now() FROM sensor_aggregates"))
                .containsExactly("t");
    }

    private static int upsert(Aggregate row) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(AggregateUpsert.ONE_ROW)) {
            AggregateUpsert.bind(statement, row);
            return statement.executeUpdate();
        }
    }

    private static void clear() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM sensor_aggregates");
        }
    }

    private static List<String> table() {
        return SERVER.rows(url, "SELECT generation, partial, revision, mean FROM sensor_aggregates");
    }

    private static String text(Aggregate row) {
        return row.generation() + "|" + (row.partial() ? "t" : "f") + "|" + row.revision() + "|"
                + Double.toString(row.mean()).replaceAll("\\.0$", "");
    }
}
