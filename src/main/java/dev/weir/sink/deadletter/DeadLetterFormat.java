package dev.weir.sink.deadletter;

import dev.weir.core.model.DeadLetter;
import dev.weir.core.model.Origin;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Formats dead letters for their topic: how many records one makes, and their key, value and headers. The format is a
 * public interface.
 *
 * <p>The headers of a record stay below 48 KiB. If they would not, details are emptied, beginning with the last reject,
 * as many as needed. If all details are empty and the headers are still too large, the rejects continue, in order, in
 * further records with the same key and value.
 *
 * <p>No record is larger than the topic accepts: the value is truncated, and {@code weir.truncated: true} says so. A
 * key that leaves no room at all is truncated, too. Otherwise that one event would fail the job for ever.
 */
public final class DeadLetterFormat implements Serializable {
    private static final long serialVersionUID = 1L;

    /**
     * The limit of the headers. With it an event from a topic fits into a topic whose record limit is this much + 16
     * KiB greater.
     */
    static final int MAX_HEADER_BYTES = 48 * 1024;

    /** The limit of a file's URI in the headers. Paths and the keys of object stores are shorter. */
    private static final int MAX_FILE_BYTES = 4 * 1024;

    /** How much greater than the source's the limits of the producer and the topic are. */
    public static final int HEADROOM_BYTES = 64 * 1024;

    /** The record limit for a source with records of at most 1 MiB, Kafka's default. */
    public static final int DEFAULT_MAX_RECORD_BYTES = 1024 * 1024 + HEADROOM_BYTES;

    /** Kafka counts 61 bytes of a batch and up to 31 bytes of the record's own fields and lengths. */
    private static final int RECORD_OVERHEAD_BYTES = 128;

    private final String pipeline;
    private final int maxRecordBytes;

    /**
     * Creates the format.
     *
     * @param maxRecordBytes the limit of the producer and the topic, at least 64 KiB, which leaves room for any headers
     */
    public DeadLetterFormat(String pipeline, int maxRecordBytes) {
        if (maxRecordBytes < HEADROOM_BYTES) {
            throw new IllegalArgumentException(
                    "maxRecordBytes must be at least " + HEADROOM_BYTES + ", got " + maxRecordBytes);
        }
        this.pipeline = pipeline;
        this.maxRecordBytes = maxRecordBytes;
    }

    /** Returns one record, or more if the rejects do not fit into the headers of one. */
    public List<DeadLetterRecord> format(DeadLetter letter) {
        boolean original = letter.reading() == null;
        byte[] value = original ? letter.eventValue() : ReadingPayload.json(letter.reading());
        DeadLetterHeaders common = common(letter, original ? "original" : "reading");
        int room = MAX_HEADER_BYTES - 1 - common.bytes() - truncated().bytes();

        boolean metrics = letter.rejects().stream().anyMatch(reject -> reject.metric() != null);
        List<RejectHeaders> rejects = letter.rejects().stream()
                .map(reject -> new RejectHeaders(reject, metrics))
                .toList();
        emptyDetails(rejects, room);

        List<DeadLetterRecord> records = new ArrayList<>(1);
        DeadLetterHeaders headers = new DeadLetterHeaders();
        for (RejectHeaders reject : rejects) {
            if (headers.bytes() > 0 && headers.bytes() + reject.bytes() > room) {
                records.add(record(letter.eventKey(), value, headers, common));
                headers = new DeadLetterHeaders();
            }
            reject.addTo(headers);
        }
        records.add(record(letter.eventKey(), value, headers, common));
        return records;
    }

    private DeadLetterHeaders common(DeadLetter letter, String payload) {
        DeadLetterHeaders headers = new DeadLetterHeaders();
        Origin origin = letter.origin();
        headers.add(DeadLetterHeaders.ORIGIN, origin.toString());
        if (origin.file() != null) {
            headers.add(DeadLetterHeaders.FILE, RejectHeaders.cut(origin.file(), MAX_FILE_BYTES));
        }
        if (origin.row() > 0) {
            headers.add(DeadLetterHeaders.ROW, Long.toString(origin.row()));
        }
        headers.add(DeadLetterHeaders.PIPELINE, pipeline);
        headers.add(DeadLetterHeaders.GENERATION, Integer.toString(letter.generation()));
        headers.add(DeadLetterHeaders.PAYLOAD, payload);
        return headers;
    }

    private static DeadLetterHeaders truncated() {
        DeadLetterHeaders headers = new DeadLetterHeaders();
        headers.add(DeadLetterHeaders.TRUNCATED, "true");
        return headers;
    }

    private static void emptyDetails(List<RejectHeaders> rejects, int room) {
        long bytes = rejects.stream().mapToLong(RejectHeaders::bytes).sum();
        for (int i = rejects.size() - 1; i >= 0 && bytes > room; i--) {
            RejectHeaders reject = rejects.get(i);
            bytes -= reject.bytes();
            reject.emptyDetail();
            bytes += reject.bytes();
        }
    }

    private DeadLetterRecord record(byte[] key, byte[] value, DeadLetterHeaders headers, DeadLetterHeaders common) {
        headers.addAll(common);
        int room = maxRecordBytes - RECORD_OVERHEAD_BYTES - headers.bytes();
        if (length(key) + (long) length(value) <= room) {
            return headers.record(key, value);
        }
        headers.addAll(truncated());
        room = maxRecordBytes - RECORD_OVERHEAD_BYTES - headers.bytes();
        byte[] cutKey = cut(key, room);
        return headers.record(cutKey, cut(value, room - length(cutKey)));
    }

    private static byte[] cut(byte[] bytes, int atMost) {
        return length(bytes) <= atMost ? bytes : Arrays.copyOf(bytes, atMost);
    }

    private static int length(byte[] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
