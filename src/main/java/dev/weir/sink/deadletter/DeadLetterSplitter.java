package dev.weir.sink.deadletter;

import dev.weir.core.model.DeadLetter;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.util.Collector;

/** Splits each dead letter into its records for the topic, at least one; to be chained to {@link DeadLetterSink}. */
public final class DeadLetterSplitter
        implements FlatMapFunction<DeadLetter, DeadLetterRecord>, ResultTypeQueryable<DeadLetterRecord> {
    private static final long serialVersionUID = 1L;

    private final DeadLetterFormat format;

    public DeadLetterSplitter(DeadLetterFormat format) {
        this.format = format;
    }

    @Override
    public void flatMap(DeadLetter letter, Collector<DeadLetterRecord> out) {
        format.format(letter).forEach(out::collect);
    }

    @Override
    public TypeInformation<DeadLetterRecord> getProducedType() {
        return TypeInformation.of(DeadLetterRecord.class);
    }
}
