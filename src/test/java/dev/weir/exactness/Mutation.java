package dev.weir.exactness;

import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.function.SerializableFunction;

/**
 * Hands everything on but for one mistake, the one that a comparison must see. At parallelism 1; fails at the end of its input if it
 * had no occasion.
 */
final class Mutation<T> extends AbstractStreamOperator<T> implements OneInputStreamOperator<T, T>, BoundedOneInput {
    private static final long serialVersionUID = 1L;

    /** The mistakes. */
    enum Kind {
        /** One record is lost. */
        DROP,
        /** One record comes twice. */
        DOUBLE,
        /** Two records that follow each other in a group change places. */
        SWAP
    }

    private final Kind kind;
    private final SerializableFunction<T, Boolean> target;
    private final SerializableFunction<T, Object> group;
    private transient StreamRecord<T> held;
    private transient boolean done;

    /**
     * @param target true of the record that is lost, comes twice, or changes places with the next one of its group; the first one counts
     */
    Mutation(Kind kind, SerializableFunction<T, Boolean> target, SerializableFunction<T, Object> group) {
        this.kind = kind;
        this.target = target;
        this.group = group;
    }

    @Override
    public void processElement(StreamRecord<T> element) {
        if (held != null) {
            T waiting = held.getValue();
            // A copy is due: upstream operators use their records again.
            output.collect(new StreamRecord<>(element.getValue()));
            if (group.apply(waiting).equals(group.apply(element.getValue()))) {
                output.collect(held);
                held = null;
                done = true;
            }
        } else if (!done && target.apply(element.getValue())) {
            mutate(element);
        } else {
            output.collect(element);
        }
    }

    private void mutate(StreamRecord<T> element) {
        T value = element.getValue();
        switch (kind) {
            case DROP -> done = true;
            case DOUBLE -> {
                output.collect(new StreamRecord<>(value));
                output.collect(new StreamRecord<>(value));
                done = true;
            }
            case SWAP -> held = new StreamRecord<>(value);
        }
    }

    @Override
    public void endInput() {
        if (!done) {
            throw new IllegalStateException("no occasion for " + kind + "; this run shows nothing");
        }
    }
}
