package dev.weir.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.model.Event;
import dev.weir.demo.Excerpt.Row;
import dev.weir.testing.generate.RealData;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The bundled rows and what the feed makes of them. */
class ExcerptTest {
    private static final Excerpt EXCERPT = Excerpt.read();

    @Test
    void holdsEveryHourOfEightMonthsOfAllStations() {
        // 31 + 31 + 31 + 30 + 31 + 29 + 31 + 31 days, 24 hours, 12 stations.
        assertThat(EXCERPT.rows()).hasSize(245 * 24 * 12);
        assertThat(EXCERPT.months())
                .containsOnlyKeys(
                        "2013-03", "2013-08", "2014-12", "2015-06", "2015-12", "2016-02", "2016-12", "2017-01");
        assertThat(EXCERPT.rows()).extracting(Row::epochSeconds).isSorted();
        assertThat(EXCERPT.rows().stream().map(Row::station).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(RealData.STATIONS);
    }

    /** Skipped where the published set is absent. */
    @Test
    void holdsThePublishedLinesAndNoOther() {
        Set<String> published = new HashSet<>();
        RealData.STATIONS.forEach(
                station -> RealData.beijing(station).forEach(event -> published.add(text(event.value()))));

        assertThat(EXCERPT.rows()).allMatch(row -> published.contains(row.text()));
    }

    @Test
    void anotherSetOfStationsSendsTheSameUnderItsOwnNames() {
        Row second = new Row("1,2013,3,1,0,6,NA,\"NW\",4.4,\"Gucheng\"", "Gucheng", 0).ofSet(2);

        assertThat(second.text()).isEqualTo("1,2013,3,1,0,6,NA,\"NW\",4.4,\"Gucheng-2\"");
        assertThat(second.station()).isEqualTo("Gucheng-2");
        assertThat(DemoFeed.setOf("Gucheng-2")).isEqualTo(2);
        assertThat(DemoFeed.setOf("Gucheng")).isEqualTo(1);
    }

    @Test
    void aStationHasOnePartitionAndOffsetsCountWithoutAGap() {
        DemoFeed feed = new RecordFeed(EXCERPT, 1, 0);
        List<Event> events = feed.eventsOf(1);

        assertThat(events).hasSize(EXCERPT.rows().size());
        long[] next = new long[DemoFeed.PARTITIONS];
        assertThat(events)
                .allMatch(event -> event.origin().partition() == DemoFeed.partitionOf(text(event.key())))
                .allMatch(
                        event -> event.origin().offset() == next[event.origin().partition()]++);
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
