package dev.weir.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadingColumnsTest {

    @Test
    void writesEveryColumnInItsOrder() {
        assertThat(written(5_000).entrySet())
                .extracting(column -> column.getKey() + '=' + column.getValue())
                .containsExactly(
                        "sensor_id=s",
                        "metric=m",
                        "event_time=7",
                        "value=21.5",
                        "unit=Cel",
                        "site=roof",
                        "quality=3",
                        "origin_topic=t",
                        "origin_partition=1",
                        "origin_offset=2",
                        "origin_timestamp=5000000",
                        "generation=4",
                        "origin_file=null",
                        "origin_row=null");
        assertThat(ReadingColumns.ALL)
                .extracting(Column::name)
                .containsExactlyElementsOf(List.copyOf(written(0).keySet()));
    }

    /** A producer may claim any timestamp. */
    @Test
    void aTimestampThatIsTooLargeIsTheLargest() {
        long limit = Long.MAX_VALUE / 1_000;
        assertThat(written(Long.MAX_VALUE)).containsEntry("origin_timestamp", limit * 1_000);
        assertThat(written(Long.MIN_VALUE)).containsEntry("origin_timestamp", -limit * 1_000);
    }

    @Test
    void aRowOfAFileHasItsFileAndRow() {
        assertThat(written(new Origin("t", 1, 2, 3, "file:/a.csv", 9)))
                .containsEntry("origin_file", "file:/a.csv")
                .containsEntry("origin_row", 9L)
                .containsEntry("origin_offset", 2L);
    }

    private static Map<String, Object> written(long timestampMillis) {
        return written(new Origin("t", 1, 2, timestampMillis));
    }

    private static Map<String, Object> written(Origin origin) {
        RowValues values = new RowValues();
        ReadingColumns.write(
                new Reading(new SeriesKey("s", "m"), 7, 21.5, "Cel", "roof", 3, origin, null, null, 4), values);
        return values.values;
    }
}
