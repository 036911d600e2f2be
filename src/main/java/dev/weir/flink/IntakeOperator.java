package dev.weir.flink;

import dev.weir.config.WeirConfig.DeadLetters.Payload;
import dev.weir.core.check.Intake;
import dev.weir.core.decode.DecoderFactory;
import dev.weir.core.decode.NotNowException;
import dev.weir.core.decode.RecordJson;
import dev.weir.core.model.Counter;
import dev.weir.core.model.DeadLetter;
import dev.weir.core.model.Event;
import dev.weir.core.model.FileOutcome;
import dev.weir.core.model.Origin;
import dev.weir.core.model.Reading;
import dev.weir.core.model.Reject;
import dev.weir.core.model.Tally;
import dev.weir.generation.GenerationState;
import dev.weir.generation.Run;
import dev.weir.kafka.KafkaClients;
import dev.weir.registry.RegistryDecoders;
import dev.weir.retry.Attempts;
import dev.weir.retry.Backoff;
import dev.weir.retry.Pause;
import java.util.List;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hosts {@link Intake}, which decodes events and applies the rules that need no history. Chained to the source, so that the order of each
 * partition is kept up to the exchange.
 *
 * <p><b>Input.</b> Events, each partition in the order of offsets. One event stands in the place of each range of offsets that was deleted
 * before it was read. The rows of an announced file are events, and one with the file's outcome follows them.
 *
 * <p><b>Output.</b> Readings, in that order. Rejects go to {@link #DEAD_LETTERS}. The counts since the last barrier go to {@link #TALLIES}
 * just before each barrier.
 *
 * <p><b>State.</b> The mark of the generation. The counts of a file whose rows go on are with the books.
 */
public final class IntakeOperator extends AbstractStreamOperator<Reading>
        implements OneInputStreamOperator<Event, Reading> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(IntakeOperator.class);

    /** One dead letter for every event that is rejected or has a rejected reading. */
    public static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("intake-dead-letters", WeirTypes.DEAD_LETTER);

    /** One tally before each barrier, unless nothing was counted. */
    public static final OutputTag<Tally> TALLIES = new OutputTag<>("intake-tallies", WeirTypes.TALLY);

    private final Run run;
    private final DecoderFactory decoders;
    private final Pause pause;

    private transient GenerationState generation;
    private transient Tally tally;
    private transient Intake intake;
    private transient Attempts attempts;
    private transient IntakeMetrics metrics;
    private transient StreamRecord<Reading> record;
    private transient FileCounts files;
    private transient RecordJson payloads;

    public IntakeOperator(Run run) {
        this(run, new RegistryDecoders(), Pause.WALL);
    }

    IntakeOperator(Run run, DecoderFactory decoders, Pause pause) {
        this.run = run;
        this.decoders = decoders;
        this.pause = pause;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        if (!context.isRestored()) {
            KafkaClients.requireReadableOn("a TaskManager", run.config().kafka());
        }
        generation = GenerationState.settle(context, run);
        tally = new Tally();
        files = new FileCounts();
        payloads = new RecordJson();
    }

    @Override
    public void open() throws Exception {
        super.open();
        intake = Intake.of(run.config().catalog(), run.config().time(), decoders);
        attempts = new Attempts(LOG::warn, LOG::info, Backoff.DOUBLING);
        metrics = new IntakeMetrics(getMetricGroup(), run.config().pipeline());
        record = new StreamRecord<>(null);
    }

    @Override
    public void processElement(StreamRecord<Event> element) throws InterruptedException {
        Event event = element.getValue();
        if (event.lost() > 0) {
            tally.add(Counter.OFFSETS_LOST, event.lost());
            metrics.lost(event.lost());
            return;
        }
        if (event.outcome() != null) {
            fileOutcome(event);
            return;
        }
        Intake.Result result;
        try {
            result = intake.process(event);
        } catch (NotNowException e) {
            result = afterWaiting(event, e);
        }
        metrics.event(result);
        tally.add(Counter.EVENTS_READ);
        if (event.origin().row() > 0) {
            files.row(event.origin(), result.eventReject() != null);
        }
        if (result.eventReject() != null) {
            tally.add(Counter.EVENTS_REJECTED);
            emitRejects(event, event.origin(), List.of(result.eventReject()));
            return;
        }
        tally.add(Counter.EVENTS_DECODED);
        if (result.slots() == 0) {
            tally.add(Counter.EVENTS_EMPTY);
        }
        tally.add(Counter.READINGS_DECODED, result.slots());
        if (!result.rejects().isEmpty()) {
            tally.add(Counter.READINGS_REJECTED, result.rejects().size());
            emitRejects(event, event.origin(), List.copyOf(result.rejects()));
        }
        boolean withBytes = run.config().deadLetters().payload() == Payload.ORIGINAL;
        for (Reading reading : result.readings()) {
            output.collect(record.replace(withBytes ? reading : reading.withoutEventValue()));
        }
    }

    /** Counts an announced file. A rejected one is also one event read and rejected, with the announcement as its dead letter. */
    private void fileOutcome(Event event) {
        FileOutcome outcome = event.outcome();
        files.outcome(event);
        metrics.file(outcome);
        tally.add(Counter.FILES_ANNOUNCED);
        tally.add(outcome.kind().counter());
        if (outcome.kind() == FileOutcome.Kind.READ || outcome.kind() == FileOutcome.Kind.REJECTED) {
            tally.add(Tally.Extra.FILE_ROWS, outcome.rows());
            tally.add(Tally.Extra.FILE_BYTES, outcome.bytes());
        }
        if (outcome.kind() == FileOutcome.Kind.REJECTED) {
            tally.add(Counter.EVENTS_READ);
            tally.add(Counter.EVENTS_REJECTED);
            emitRejects(event, event.origin().of(outcome.uri()), List.of(outcome.reject()));
        }
    }

    /**
     * Waits on the task's thread until the event can be decoded. No later event overtakes it, the source is held back, and nothing is
     * counted before. The barrier waits, too: a checkpoint that is triggered in the meantime completes when decoding continues, or expires
     * ({@code execution.checkpointing.timeout}) and counts as failed (docs/adr/0011-decoding-waits.md).
     *
     * @throws InterruptedException if the task is cancelled
     */
    private Intake.Result afterWaiting(Event event, NotNowException first) throws InterruptedException {
        NotNowException last = first;
        metrics.waiting(true);
        while (true) {
            pause.pause(attempts.failed(last.getMessage() + "; decoding waits, trying again"));
            try {
                Intake.Result result = intake.process(event);
                attempts.succeeded("Decoding goes on");
                metrics.waiting(false);
                return result;
            } catch (NotNowException e) {
                last = e;
            }
        }
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        super.prepareSnapshotPreBarrier(checkpointId);
        sendTally();
    }

    @Override
    public void finish() throws Exception {
        sendTally();
        super.finish();
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        generation.snapshot();
    }

    @Override
    public void close() throws Exception {
        if (decoders instanceof AutoCloseable clients) {
            clients.close();
        }
        super.close();
    }

    private void sendTally() {
        files.moveTo(tally);
        if (!tally.isEmpty()) {
            output.collect(TALLIES, new StreamRecord<>(tally.take()));
        }
    }

    private void emitRejects(Event event, Origin origin, List<Reject> rejects) {
        for (Reject reject : rejects) {
            tally.add(Counter.rejected(reject.reason()));
            if (tally.lacksExample(reject.reason())) {
                tally.example(reject.reason(), Examples.text(origin, null, reject));
            }
        }
        tally.add(Tally.Extra.DEAD_LETTERS, 1);
        output.collect(
                DEAD_LETTERS,
                new StreamRecord<>(new DeadLetter(
                        origin,
                        rejects,
                        event.key(),
                        payload(event),
                        null,
                        generation.generation().number())));
    }

    /** Returns the value of the event's dead letter: its bytes, but of an Avro record in a file its JSON. */
    private byte[] payload(Event event) {
        return event.file() == null
                ? event.value()
                : payloads.of(event.value(), event.file().avroSchema());
    }
}
