package dev.weir.bench;

import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;

/** The plain job's window, added up as readings come. */
class PlainAggregate implements AggregateFunction<PlainReading, PlainWindow, PlainWindow> {
    @Override
    public PlainWindow createAccumulator() {
        return new PlainWindow();
    }

    @Override
    public PlainWindow add(PlainReading reading, PlainWindow window) {
        window.add(reading);
        return window;
    }

    @Override
    public PlainWindow getResult(PlainWindow window) {
        return window;
    }

    @Override
    public PlainWindow merge(PlainWindow one, PlainWindow other) {
        throw new UnsupportedOperationException("tumbling windows do not merge");
    }

    /** Adds what the window is of. */
    static class Finish extends ProcessWindowFunction<PlainWindow, PlainWindow, Tuple2<String, String>, TimeWindow> {
        @Override
        public void process(
                Tuple2<String, String> series,
                Context context,
                Iterable<PlainWindow> windows,
                Collector<PlainWindow> out) {
            PlainWindow window = windows.iterator().next();
            window.sensorId = series.f0;
            window.metric = series.f1;
            window.windowStart = context.window().getStart();
            out.collect(window);
        }
    }
}
