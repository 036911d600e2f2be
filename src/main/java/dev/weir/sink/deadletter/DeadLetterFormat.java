package dev.weir.sink.deadletter;

import dev.weir.core.model.DeadLetter;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The form in which dead letters stand in their topic, a public interface: how many records one makes, and their key, value and
 * headers.
 *
 * <p>The headers of a record stay below 48 KiB. Where they would not, details are emptied from the last reject on, as many as it
 * takes; where all are and that is not enough, the rejects go on, in order, in further records with the same key and value.
 *
 * <p>No record is larger than the topic takes: the value is cut, and {@code weir.truncated: true} says so. (A key that leaves no room
 * at all is cut too. Otherwise that one event would fail the job for ever.)
 */
public final class DeadLetterFormat implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Header values stay below this, so that what came from a topic fits one whose limit is this much + 16 KiB greater. */
    static final int MAX_HEADER_BYTES = 48 * 1024;

    /** How much greater than the source's the limits of producer and topic are. */
    public static final int HEADROOM_BYTES = 64 * 1024;

    /** For a source of at most 1 MiB a record, Kafka's default. */
    public static final int DEFAULT_MAX_RECORD_BYTES = 1024 * 1024 + HEADROOM_BYTES;

    /** Kafka counts a batch's 61 bytes and up to 31 of the record's own fields and lengths. */
    private static final int RECORD_OVERHEAD_BYTES = 128;

    private final String pipeline;
    private final int maxRecordBytes;

    /** @param maxRecordBytes what producer and topic take, at least 64 KiB: room for any headers */
    public DeadLetterFormat(String pipeline, int maxRecordBytes) {
        if (maxRecordBytes < HEADROOM_BYTES) {
            throw new IllegalArgumentException(
                    "maxRecordBytes must be at least " + HEADROOM_BYTES + ", got " + maxRecordBytes);
        }
        this.pipeline = pipeline;
        this.maxRecordBytes = maxRecordBytes;
    }

    /** One record, or more where the rejects are too many for the headers of one. */
    public List<DeadLetterRecord> format(DeadLetter letter) {
        boolean original = letter.reading() == null;
        byte[] value = original ? letter.eventValue() : ReadingPayload.json(letter.reading());
        DeadLetterHeaders common = common(letter, original ? "original" : "reading");
        int room = MAX_HEADER_BYTES - 1 - common.bytes() - truncated().bytes();

        List<RejectHeaders> rejects =
                letter.rejects().stream().map(RejectHeaders::new).toList();
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
        headers.add(DeadLetterHeaders.ORIGIN, letter.origin().toString());
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
