package dev.weir.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.catalog.Input;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LayoutTest {

    @Test
    void aPointerIsItsKeys() {
        Layout layout = new Layout(input(Input.Format.JSON, "/a~1b/~01/", "/"));
        assertThat(layout.places())
                .containsEntry(event("a/b", "~1", ""), layout.sensorId)
                .containsEntry(event(""), layout.site)
                .containsEntry(event("value"), layout.value);
    }

    @Test
    void aColumnIsItsName() {
        Layout layout = new Layout(input(Input.Format.CSV, "/a/b", null));
        assertThat(layout.places()).containsEntry(event("/a/b"), layout.sensorId);
        assertThat(layout.site).isEqualTo(Layout.NONE);
    }

    @Test
    void aFieldThatIsMappedTwiceHasOneSlot() {
        Layout layout = new Layout(input(Input.Format.JSON, "/id", "/id"));
        assertThat(layout.site).isEqualTo(layout.sensorId);
        assertThat(layout.eventTime).hasSize(2).doesNotHaveDuplicates();
        // id, two times, metric, value, unit, two readings
        assertThat(layout.size()).isEqualTo(8);
        assertThat(layout.readings).containsExactly(6, 7);
    }

    @Test
    void namesAndTimesKeepTheirDigitsAndNamesRepeat() {
        Layout layout = new Layout(input(Input.Format.JSON, "/id", "/site"));
        for (int slot : new int[] {layout.sensorId, layout.metric, layout.unit, layout.site}) {
            assertThat(layout.repeats(slot)).isTrue();
            assertThat(layout.keepsDigits(slot)).isTrue();
        }
        for (int slot : layout.eventTime) {
            assertThat(layout.repeats(slot)).isFalse();
            assertThat(layout.keepsDigits(slot)).isTrue();
        }
        assertThat(layout.repeats(layout.value)).isFalse();
        assertThat(layout.keepsDigits(layout.value)).isFalse();
        assertThat(layout.keepsDigits(layout.readings[0])).isFalse();
    }

    private static Layout.Place event(String... path) {
        return new Layout.Place(0, List.of(path));
    }

    private static Input input(Input.Format format, String sensor, String site) {
        Map<String, String> readings = new LinkedHashMap<>();
        readings.put("t", "x");
        readings.put("h", "y");
        return Input.flat(
                format,
                Input.Fields.named(
                        sensor,
                        Input.EventTime.named(List.of("day", "time"), List.of("yyyy-MM-dd HH:mm"), "UTC"),
                        "metric",
                        "value",
                        "unit",
                        site),
                readings,
                null,
                Set.of(),
                false);
    }
}
