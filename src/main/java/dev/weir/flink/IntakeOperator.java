package dev.weir.flink;

import dev.weir.config.WeirConfig;
import dev.weir.config.WeirConfig.DeadLetters.Payload;
import dev.weir.core.check.Intake;
import dev.weir.core.model.DeadLetter;
import dev.weir.core.model.Event;
import dev.weir.core.model.Reading;
import dev.weir.core.model.Reject;
import dev.weir.core.series.Generation;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Decodes events and judges what needs no history: hosts {@link Intake}. Chained to the source, so that a partition's order survives
 * to the exchange.
 *
 * <p>In: events, each partition in offset order. Out: readings, in that order; what is rejected on {@link #DEAD_LETTERS}. Keeps no state.
 */
public final class IntakeOperator extends AbstractStreamOperator<Reading>
        implements OneInputStreamOperator<Event, Reading> {
    private static final long serialVersionUID = 1L;

    /** One for every event that is rejected or has a rejected reading. */
    public static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("intake-dead-letters", WeirTypes.DEAD_LETTER);

    private final WeirConfig config;

    private transient Intake intake;
    private transient IntakeMetrics metrics;
    private transient StreamRecord<Reading> record;

    public IntakeOperator(WeirConfig config) {
        this.config = config;
    }

    @Override
    public void open() throws Exception {
        super.open();
        intake = new Intake(
                config.catalog(),
                micros(config.time().earliest()),
                micros(config.time().futureSkew()));
        metrics = new IntakeMetrics(getMetricGroup());
        record = new StreamRecord<>(null);
    }

    @Override
    public void processElement(StreamRecord<Event> element) {
        Event event = element.getValue();
        Intake.Result result = intake.process(event);
        metrics.event(result);
        if (result.eventReject() != null) {
            turnAside(event, List.of(result.eventReject()));
            return;
        }
        if (!result.rejects().isEmpty()) {
            turnAside(event, List.copyOf(result.rejects()));
        }
        boolean withBytes = config.deadLetters().payload() == Payload.ORIGINAL;
        for (Reading reading : result.readings()) {
            output.collect(record.replace(withBytes ? reading : reading.withoutEventValue()));
        }
    }

    private void turnAside(Event event, List<Reject> rejects) {
        output.collect(
                DEAD_LETTERS,
                new StreamRecord<>(new DeadLetter(
                        event.origin(), rejects, event.key(), event.value(), null, Generation.FIRST.number())));
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private static long micros(Duration duration) {
        return duration.dividedBy(ChronoUnit.MICROS.getDuration());
    }
}
