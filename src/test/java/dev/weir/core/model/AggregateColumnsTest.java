package dev.weir.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testing.outputs.RowEdit;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AggregateColumnsTest {
    private static final Aggregate ROW = Aggregate.builder()
            .series(new SeriesKey("s", "m"))
            .windowSeconds(60)
            .windowStartMicros(-60_000_000)
            .site("roof")
            .unit("Cel")
            .count(2)
            .sum(3)
            .min(4)
            .max(5)
            .mean(6)
            .stddev(7.0)
            .firstValue(8)
            .lastValue(9)
            .flaggedCount(10)
            .generation(11)
            .build();

    static Set<String> stored() {
        return AggregateColumns.values(ROW).keySet();
    }

    /** The series makes two columns. Static fields are not counted: pitest adds one where it measures coverage. */
    @Test
    void hasEveryFieldOfARow() {
        long fields = Arrays.stream(Aggregate.class.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .count();
        assertThat(AggregateColumns.values(ROW)).hasSize((int) fields + 1);
    }

    @Test
    void marksTheKeyAndTheRanking() {
        assertThat(AggregateColumns.KEY)
                .extracting(Column::name)
                .containsExactly("sensor_id", "metric", "window_seconds", "window_start");
        assertThat(AggregateColumns.RANKING)
                .extracting(Column::name)
                .containsExactly("revision", "generation", "partial");
    }

    /** A table has no hints, and shows what follows from other columns. */
    @Test
    void showsInATableWhatARowIsMadeOf() {
        Set<String> shown = new LinkedHashSet<>(AggregateColumns.values(ROW).keySet());
        shown.remove("first");
        assertThat(AggregateColumns.ALL)
                .extracting(Column::name)
                .contains("revision")
                .containsSubsequence(shown);
    }

    /** A column that is written and not read, or read into another field, keeps its old value or changes a second one. */
    @ParameterizedTest
    @MethodSource("stored")
    void readsEveryColumnIntoItsField(String column) {
        Map<String, Object> expected = AggregateColumns.values(ROW);
        expected.put(column, other(expected.get(column)));

        Aggregate changed = RowEdit.of(ROW).with(column, expected.get(column)).row();

        assertThat(AggregateColumns.values(changed)).isEqualTo(expected);
        assertThat(changed).isNotEqualTo(ROW).doesNotHaveToString(ROW.toString());
        assertThat(RowEdit.of(ROW).row()).isEqualTo(ROW).hasSameHashCodeAs(ROW);
    }

    private static Object other(Object value) {
        if (value instanceof String text) {
            return text + "'";
        }
        if (value instanceof Boolean bool) {
            return !bool;
        }
        if (value instanceof Integer number) {
            return number + 100;
        }
        return value instanceof Long number ? (Object) (number + 100) : (Object) ((Double) value + 100);
    }
}
