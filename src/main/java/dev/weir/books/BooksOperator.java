package dev.weir.books;

import dev.weir.core.model.Counter;
import dev.weir.core.model.Tally;
import dev.weir.generation.GenerationState;
import dev.weir.generation.Position;
import dev.weir.generation.Run;
import dev.weir.metrics.WeirMetrics;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds up all counters, and writes the totals and the fence when a checkpoint completes. Parallelism 1.
 *
 * <p>Input: what each counting operator counted since the last barrier, sent just before the next one. So the totals at
 * a barrier are exact.
 *
 * <p>State: {@code totals}, a pair of label and count for each counter, which starts at zero in each generation. {@code
 * run}, the same for the present run ({@link RunTotals}). Its summary reaches the job's client as an accumulator
 * ({@link LatestReport}). {@code files}: what is counted of open files, and finished files that are not known to be
 * written ({@link FileBook}).
 */
public final class BooksOperator extends AbstractStreamOperator<Void>
        implements OneInputStreamOperator<Tally, Void>, BoundedOneInput {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(BooksOperator.class);

    private static final ListStateDescriptor<Tuple2<String, Long>> TOTALS =
            new ListStateDescriptor<>("totals", Types.TUPLE(Types.STRING, Types.LONG));
    /**
     * Metric: {@link Tally#unaccounted} at the newest completed checkpoint. Any value but 0 raises an alert, because
     * nothing else checks the books.
     */
    static final String UNACCOUNTED = "booksUnaccounted";

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    /**
     * How many bytes of files may wait to be written, beyond which tallies and so the job are held back: some 100,000 files. They wait on
     * the heap and in the state.
     */
    private static final long MOST_WAITING_BYTES = 64L << 20;
    /**
     * How long a stop waits for an outside that is away. The next start writes those books with its first checkpoint.
     */
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);

    private static final ListStateDescriptor<byte[]> FILES =
            new ListStateDescriptor<>("files", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

    private final Run run;
    private final Ledgers ledgers;

    private transient GenerationState generation;
    private transient ListState<Tuple2<String, Long>> storedTotals;
    private transient Tally totals;
    private transient RunTotals ofThisRun;
    private transient LatestReport report;
    private transient SummaryTimes summaryTimes;
    /** Whether the sources have reported that everything is read. */
    private transient boolean allRead;
    /** Totals at barriers whose checkpoints have not completed, by checkpoint id. */
    private transient TreeMap<Long, Sealed> open;

    private transient ListState<byte[]> storedFiles;
    private transient FileBook files;

    private transient LedgerWriter writer;
    private transient MailboxExecutor mailbox;
    private transient boolean inputEnded;
    /** The value at the newest completed checkpoint. Written by the task thread, read by reporters. */
    private transient volatile long unaccounted;

    /**
     * The totals and the finished files that a checkpoint contains.
     *
     * @param filesEnd the number of the first file that was finished after it
     */
    private record Sealed(Tally totals, long filesEnd) {}

    /** Opens the ledger on the TaskManager. */
    interface Ledgers extends Serializable {
        Ledger open(Run run);
    }

    public BooksOperator(Run run) {
        this(run, OutsideLedger::new);
    }

    BooksOperator(Run run, Ledgers ledgers) {
        this.run = run;
        this.ledgers = ledgers;
    }

    @Override
    public void setMailboxExecutor(MailboxExecutor executor) {
        mailbox = executor;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        totals = new Tally();
        open = new TreeMap<>();
        generation = GenerationState.settle(context, run);
        ofThisRun = new RunTotals(context, run.id());
        storedTotals = context.getOperatorStateStore().getListState(TOTALS);
        for (Tuple2<String, Long> total : storedTotals.get()) {
            Counter counter = Counter.ofLabel(total.f0);
            if (counter != null) {
                totals.add(counter, total.f1);
            }
        }
        storedFiles = context.getOperatorStateStore().getListState(FILES);
        files = new FileBook(run.config().postgres() != null);
        files.restore(storedFiles.get());
    }

    @Override
    public void open() throws Exception {
        super.open();
        summaryTimes = new SummaryTimes(getProcessingTimeService().getCurrentProcessingTime());
        report = new LatestReport();
        getRuntimeContext().addAccumulator(LatestReport.NAME, report);
        report();
        WeirMetrics.group(getMetricGroup(), run.config().pipeline())
                .gauge(UNACCOUNTED, (Gauge<Long>) this::unaccounted);
        writer = new LedgerWriter(
                ledgers.open(run),
                "weir-books-" + run.config().pipeline(),
                RETRY_AFTER,
                failure -> mailbox.execute(
                        () -> {
                            throw failure;
                        },
                        "books cannot be written"));
        if (generation.begunNow() && !generation.restored().equals(Position.NONE)) {
            // The earlier generation's last totals may not have been written before it stopped. They are final now.
            submit(generation.restored(), new Sealed(totals.take(), files.end()));
        }
    }

    private void submit(Position position, Sealed sealed) {
        writer.submit(position, sealed.totals(), files.submit(sealed.filesEnd()), sealed.filesEnd());
    }

    @Override
    public void processElement(StreamRecord<Tally> element) throws InterruptedException {
        awaitFiles();
        element.getValue().files().forEach(files::add);
        totals.add(element.getValue());
        ofThisRun.add(element.getValue());
        report();
    }

    /** Waits as long as too many finished files wait for the database. They need no later barrier, so this ends. */
    private void awaitFiles() throws InterruptedException {
        while (files.submittedBytes() > MOST_WAITING_BYTES) {
            files.forget(writer.filesWritten());
            if (serveUntilWritten(Duration.ofMillis(50))) {
                files.forget(writer.filesWritten());
                return;
            }
        }
    }

    private void report() {
        report.add(ofThisRun.report(allRead));
    }

    /**
     * Updates the report. The status is idle once every subtask of a source that holds its end has read everything, and
     * all records before that have arrived here.
     */
    @Override
    public void processWatermarkStatus(WatermarkStatus status) throws Exception {
        super.processWatermarkStatus(status);
        allRead = status.isIdle();
        report();
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        generation.snapshot();
        ofThisRun.snapshot();
        List<Tuple2<String, Long>> stored = new ArrayList<>();
        for (Counter counter : Counter.values()) {
            stored.add(Tuple2.of(counter.label(), totals.get(counter)));
        }
        storedTotals.update(stored);
        files.forget(writer.filesWritten());
        storedFiles.update(files.snapshot());
        Tally sealed = new Tally();
        sealed.add(totals);
        open.put(context.getCheckpointId(), new Sealed(sealed, files.end()));
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        super.notifyCheckpointComplete(checkpointId);
        Map.Entry<Long, Sealed> completed = open.floorEntry(checkpointId);
        if (completed == null) {
            return;
        }
        logSummary();
        unaccounted = completed.getValue().totals().unaccounted() + files.differing();
        submit(new Position(generation.generation().number(), completed.getKey()), completed.getValue());
        open.headMap(checkpointId, true).clear();
        if (inputEnded) {
            awaitWritten();
        }
    }

    /**
     * Logs the summary: now and then while the job runs, and at the end of a bounded job. If the source holds its end,
     * the local jar prints it instead.
     */
    private void logSummary() {
        boolean due = summaryTimes.isDue(getProcessingTimeService().getCurrentProcessingTime());
        if ((due || inputEnded) && !allRead) {
            LOG.info(
                    "Pipeline {}, since the start of this run:\n{}",
                    run.config().pipeline(),
                    String.join("\n", new Summary(run.config(), ofThisRun.report(allRead)).lines()));
        }
    }

    long unaccounted() {
        return unaccounted;
    }

    /** Notes that only the last checkpoint of a bounded run is left, so that it waits for the books. */
    @Override
    public void endInput() {
        inputEnded = true;
    }

    @Override
    public void close() throws Exception {
        try {
            if (writer != null) {
                writer.awaitWritten(CLOSE_WITHIN);
            }
        } finally {
            if (writer != null) {
                writer.close();
            }
            super.close();
        }
    }

    /**
     * Waits until the books are written, without a limit. It serves the mailbox meanwhile, so that cancelling and
     * failures get through.
     */
    private void awaitWritten() throws InterruptedException {
        while (!serveUntilWritten(Duration.ofMillis(50))) {
            // A failure of the writer comes as a mail, which throws.
        }
    }

    /** Serves the mailbox. Returns whether everything is written within the time. */
    private boolean serveUntilWritten(Duration atMost) throws InterruptedException {
        boolean written = writer.awaitWritten(atMost);
        while (mailbox.tryYield()) {
            // tryYield runs each mail.
        }
        return written;
    }
}
