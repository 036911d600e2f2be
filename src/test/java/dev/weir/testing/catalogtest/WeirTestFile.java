package dev.weir.testing.catalogtest;

import dev.weir.core.model.Event;
import dev.weir.core.model.Reason;
import dev.weir.core.model.SeriesKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What must become of events under a catalog: a test file as it was read. Its form is described in docs/testing-a-catalog.md.
 *
 * @param file the test file
 * @param catalog the catalog's path, resolved against the directory of the test file
 * @param options options of the job that decide verdicts, by key
 * @param events in the file's order; event 1 of the file is the first
 * @param schemas the Avro schemas that the events name, as JSON, by their id in a schema registry
 */
public record WeirTestFile(
        Path file,
        Path catalog,
        Map<String, String> options,
        List<Event> events,
        Map<Long, String> schemas,
        List<ExpectedReading> readings,
        List<ExpectedReject> rejects,
        List<ExpectedWindow> windows) {

    /**
     * A reading that an event must yield.
     *
     * @param event its number, from 1
     * @param eventTimeMicros epoch microseconds UTC
     * @param unit null for the unit that the catalog gives the metric
     * @param site null for none
     * @param quality bits of the flags
     */
    public record ExpectedReading(
            int event, SeriesKey series, long eventTimeMicros, double value, String unit, String site, int quality) {}

    /**
     * A reject of an event, or of something in it.
     *
     * @param event its number, from 1
     * @param detail how the detail begins
     * @param metric null if an event or an item is rejected
     */
    public record ExpectedReject(int event, Reason reason, String detail, String metric) {}

    /**
     * The final row of a window.
     *
     * @param startMicros epoch microseconds UTC
     * @param columns texts by the name of the row's column; columns that are left out are not compared
     */
    public record ExpectedWindow(SeriesKey series, int seconds, long startMicros, Map<String, String> columns) {}
}
