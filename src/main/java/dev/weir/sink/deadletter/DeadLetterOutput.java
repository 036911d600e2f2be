package dev.weir.sink.deadletter;

import dev.weir.config.TransactionLife;
import dev.weir.config.WeirConfig;
import dev.weir.doctor.Area;
import dev.weir.output.Output;
import dev.weir.output.Results;

/**
 * Writes dead letters to their topic. It needs no fence: after a rewind the topic holds the letters of the repeated
 * part twice, which docs/dead-letters.md tells its readers.
 */
public final class DeadLetterOutput implements Output {
    private final WeirConfig config;
    private final TransactionLife life;
    /**
     * The largest record that the topic accepts, in bytes. Before {@link #prepare} has asked the topic it is the
     * smallest limit that Weir accepts.
     */
    private int maxRecordBytes = DeadLetterFormat.HEADROOM_BYTES;

    /**
     * Creates the output.
     *
     * @param life how long checkpoints and restarts keep a transaction open
     */
    public DeadLetterOutput(WeirConfig config, TransactionLife life) {
        this.config = config;
        this.life = life;
    }

    @Override
    public void prepare() {
        maxRecordBytes = DeadLetterTopic.ensure(config, life);
    }

    @Override
    public void attach(Results results) {
        results.deadLetters()
                .flatMap(new DeadLetterSplitter(new DeadLetterFormat(config.pipeline(), maxRecordBytes)))
                .name("Write dead letters")
                .uid("dead-letter-records")
                .setDescription("Write dead letters: original bytes, reasons as headers")
                .sinkTo(DeadLetterSink.create(config, maxRecordBytes, life))
                .name("Dead letters to Kafka")
                .uid("dead-letters")
                .setDescription("Dead letters to Kafka: " + config.deadLetters().topic());
    }

    @Override
    public Area area() {
        return new DeadLetterArea(config, life);
    }
}
