package dev.weir.testing.pipeline;

import dev.weir.job.Pipeline;
import java.util.Map;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;

/** Places operators at some edges of the graph and leaves the others as they are. */
public record EdgeOperators(Map<String, Placed> byEdge) implements Pipeline.Edges {

    /** Makes the operator for an edge, whatever flows there. */
    public interface Placed {
        <T> OneInputStreamOperator<T, T> operator();
    }

    @Override
    public <T> DataStream<T> at(String edge, DataStream<T> stream) {
        Placed placed = byEdge.get(edge);
        return placed == null
                ? stream
                : stream.transform("Test at " + edge, stream.getType(), placed.<T>operator())
                        .uid("test-" + edge);
    }
}
