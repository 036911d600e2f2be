package dev.weir.exactness;

import dev.weir.core.model.Event;
import dev.weir.core.model.Origin;
import dev.weir.job.Pipeline;
import dev.weir.output.Output;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Edges with a planned failure, before which the second half of the input comes slowly: so that there is input left when it happens.
 *
 * @param slowFrom offset by partition
 */
record CrawlingEdges(Pipeline.Edges failing, Map<Integer, Long> slowFrom) implements Pipeline.Edges {

    /** Slow from the middle of each partition. */
    CrawlingEdges(Pipeline.Edges failing, List<Event> events) {
        this(failing, halves(events));
    }

    @Override
    @SuppressWarnings("unchecked") // what flows at "events" are events
    public <T> DataStream<T> at(String edge, DataStream<T> stream) {
        DataStream<T> slowed = edge.equals("events")
                ? (DataStream<T>) ((DataStream<Event>) stream)
                        .transform("Crawl", ((DataStream<Event>) stream).getType(), new CrawlUntilFailure(slowFrom))
                        .uid("test-crawl")
                : stream;
        return failing.at(edge, slowed);
    }

    @Override
    public Output output(Output output) {
        return failing.output(output);
    }

    private static Map<Integer, Long> halves(List<Event> events) {
        Map<Integer, Long> halves = new HashMap<>();
        for (Event event : events) {
            Origin origin = event.origin();
            halves.put(origin.partition(), (origin.offset() + 1) / 2);
        }
        return halves;
    }
}
