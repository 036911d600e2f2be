package dev.weir.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.core.catalog.Input;
import dev.weir.core.model.FileOutcome;
import dev.weir.core.model.Reason;
import dev.weir.core.model.Reject;
import dev.weir.files.Announced;
import dev.weir.files.AnnouncedFile;
import dev.weir.files.Announcements;
import dev.weir.files.ResumeAt;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * The announcements of one partition that were fetched, and their files. The first files are read ahead; rows and outcomes come out in
 * order. Belongs to the fetcher's thread.
 *
 * <p>A record moves through three queues: fetched, then taken apart into its files, then open. So the memory is bounded by the bytes of
 * fetched records, the files of one announcement, and the open files.
 */
final class FilePartition implements AutoCloseable {
    /** The partition is not fetched further while so much is queued. */
    private static final int QUEUED_RECORDS = 1_000;

    private static final long QUEUED_BYTES = 4 << 20;

    private final KafkaPartitionSplit split;
    private final Input input;
    private final FileOpener opener;
    private final Clock clock;
    private final Remembered remembered;
    private final long rememberMillis;
    private final Deque<ConsumerRecord<byte[], byte[]>> fetched = new ArrayDeque<>();
    /** Each is a {@link FileInTurn}, or a record to be passed on as it is. */
    private final Deque<Object> named = new ArrayDeque<>();

    private final Deque<Object> open = new ArrayDeque<>();
    private long queuedBytes;
    private boolean fetchedToTheEnd;
    /** Progress in the split's first announcement; null once a record has come. */
    private FileProgress resumed;

    FilePartition(KafkaPartitionSplit split, Input input, FileOpener opener, Clock clock) {
        this.split = split;
        this.input = input;
        this.opener = opener;
        this.clock = clock;
        resumed = IdentifiedSplit.progress(split);
        if (resumed == null) {
            resumed = FileProgress.between(new Remembered());
        }
        remembered = resumed.remembered();
        rememberMillis = input.files().remember().toMillis();
    }

    KafkaPartitionSplit split() {
        return split;
    }

    void add(ConsumerRecord<byte[], byte[]> record) {
        fetched.add(record);
        queuedBytes += bytes(record);
    }

    /** Notes that the partition's end was fetched. */
    void fetchedToTheEnd() {
        fetchedToTheEnd = true;
    }

    boolean isFetchedToTheEnd() {
        return fetchedToTheEnd;
    }

    /** Returns whether no more records should be fetched. */
    boolean full() {
        return fetched.size() >= QUEUED_RECORDS || queuedBytes >= QUEUED_BYTES;
    }

    /** Returns whether records should be fetched again. */
    boolean hasRoom() {
        return fetched.size() <= QUEUED_RECORDS / 2 && queuedBytes <= QUEUED_BYTES / 2;
    }

    /** Returns whether everything up to the partition's end was emitted. */
    boolean finished() {
        return fetchedToTheEnd && fetched.isEmpty() && named.isEmpty() && open.isEmpty();
    }

    /** Opens the next files, until so many are open. */
    void openAhead(int files) {
        while (open.size() < files && !(named.isEmpty() && fetched.isEmpty())) {
            if (named.isEmpty()) {
                takeApart(fetched.poll());
            } else {
                Object next = named.poll();
                if (next instanceof FileInTurn file && !isKnown(file)) {
                    file.open(input, opener);
                }
                open.add(next);
            }
        }
    }

    /** Returns whether the file is, or will probably be when its turn comes, a repetition. */
    private boolean isKnown(FileInTurn file) {
        return file.repeats(remembered, rememberMillis)
                || file.identity() != null
                        && open.stream()
                                .anyMatch(before -> before instanceof FileInTurn earlier
                                        && file.identity().equals(earlier.identity()));
    }

    /** Adds what can be emitted now, in order, until the fetch is full. */
    void emit(FileRecords into, int filesAhead) {
        String id = split.splitId();
        openAhead(filesAhead);
        while (!open.isEmpty() && !into.full()) {
            if (open.peek() instanceof FileInTurn file) {
                if (!file.repeats(remembered, rememberMillis)) {
                    file.open(input, opener);
                }
                FileRecord next = file.next(remembered, rememberMillis, clock);
                if (next == null) {
                    return;
                }
                if (next instanceof FileRow row) {
                    into.add(id, row, row.values());
                    continue;
                }
                emitted((FileEnd) next);
                file.close();
                into.add(id, next);
            } else {
                into.add(id, (ConsumerRecord<byte[], byte[]>) open.peek());
            }
            open.poll();
            openAhead(filesAhead);
        }
    }

    private void emitted(FileEnd end) {
        if (end.read() != null) {
            remembered.add(end.read(), end.timestamp(), rememberMillis);
        }
    }

    private void takeApart(ConsumerRecord<byte[], byte[]> record) {
        queuedBytes -= bytes(record);
        FileProgress progress = resumed != null && record.offset() == split.getStartingOffset() ? resumed : null;
        resumed = null;
        if (record instanceof SkippedRange) {
            named.add(record);
            return;
        }
        Announced announced =
                Announcements.parse(input.files().announcement(), record.value(), name -> header(record, name));
        List<AnnouncedFile> files = announced.files();
        if (files.isEmpty()) {
            named.add(new FileEnd(record, 0, true, withoutFile(announced.fault()), null, rememberMillis));
        }
        int first = progress == null ? 0 : progress.file();
        for (int i = first; i < files.size(); i++) {
            ResumeAt resume = progress != null && i == first ? progress.resume() : ResumeAt.START;
            named.add(new FileInTurn(record, i, i == files.size() - 1, files.get(i), resume));
        }
    }

    /** Returns the outcome of a record that names no file: it is rejected if it has a fault, and ignored otherwise. */
    private FileOutcome withoutFile(String fault) {
        return new FileOutcome(
                fault == null ? FileOutcome.Kind.IGNORED : FileOutcome.Kind.REJECTED,
                fault == null ? null : new Reject(Reason.MALFORMED, fault, null),
                null,
                null,
                0,
                0,
                clock.millis());
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
    }

    private static long bytes(ConsumerRecord<byte[], byte[]> record) {
        return record.value() == null ? 0 : record.value().length;
    }

    /** Closes the open files. */
    @Override
    public void close() {
        for (Object entry : open) {
            if (entry instanceof FileInTurn file) {
                file.close();
            }
        }
    }
}
