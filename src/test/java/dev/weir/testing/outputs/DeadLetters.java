package dev.weir.testing.outputs;

import dev.weir.core.model.Event;
import dev.weir.core.model.Origin;
import dev.weir.core.model.Reason;
import dev.weir.testing.oracle.Rejected;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Records of the dead-letter topic, by their published headers (docs/dead-letters.md). */
public final class DeadLetters {
    private DeadLetters() {}

    /** All rejects that the records carry. */
    public static List<Rejected> rejects(Collection<ConsumerRecord<byte[], byte[]>> records) {
        List<Rejected> rejects = new ArrayList<>();
        records.forEach(one -> rejects.addAll(rejects(one)));
        return rejects;
    }

    /** The rejects of one dead letter: reasons, details and metrics stand in repeated headers, in the same order. */
    public static List<Rejected> rejects(ConsumerRecord<byte[], byte[]> letter) {
        Origin origin = origin(letter);
        List<String> reasons = all(letter, "weir.reason");
        List<String> details = all(letter, "weir.detail");
        List<String> metrics = all(letter, "weir.metric");
        if (reasons.isEmpty() || !fits(details, reasons) || !fits(metrics, reasons)) {
            throw new AssertionError("headers of " + origin + " do not go together: reasons " + reasons + ", details "
                    + details + ", metrics " + metrics);
        }
        List<Rejected> rejects = new ArrayList<>();
        for (int i = 0; i < reasons.size(); i++) {
            String metric = metrics.isEmpty() || metrics.get(i).isEmpty() ? null : metrics.get(i);
            String detail = details.isEmpty() ? "" : details.get(i);
            rejects.add(new Rejected(origin, Reason.valueOf(reasons.get(i)), detail, metric));
        }
        return rejects;
    }

    /** Key and value of each dead letter are those of the event that it names. Not for truncated ones, nor for payload "reading". */
    public static void assertOriginalBytes(List<Event> events, Collection<ConsumerRecord<byte[], byte[]>> records) {
        Map<Origin, Event> byOrigin = new HashMap<>();
        events.forEach(event -> byOrigin.put(event.origin(), event));
        for (ConsumerRecord<byte[], byte[]> letter : records) {
            Origin origin = origin(letter);
            Event event = byOrigin.get(origin);
            if (event == null
                    || !Arrays.equals(event.key(), letter.key())
                    || !Arrays.equals(event.value(), letter.value())) {
                throw new AssertionError("the dead letter of " + origin + " does not hold the event's key and value");
            }
        }
    }

    /** Where the dead letter comes from; a row of a file says so in two more headers. */
    private static Origin origin(ConsumerRecord<byte[], byte[]> letter) {
        Origin record = origin(single(letter, "weir.origin"));
        List<String> files = all(letter, "weir.file");
        List<String> rows = all(letter, "weir.row");
        if (files.size() > 1 || rows.size() > files.size()) {
            throw new AssertionError("headers of " + record + " do not go together: " + files + ", rows " + rows);
        }
        return files.isEmpty()
                ? record
                : new Origin(
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        record.timestampMillis(),
                        files.get(0),
                        rows.isEmpty() ? 0 : Long.parseLong(rows.get(0)));
    }

    private static boolean fits(List<String> headers, List<String> reasons) {
        return headers.isEmpty() || headers.size() == reasons.size();
    }

    /** {@code topic/partition/offset/epoch-millis}, from the right: the name of a file may hold a slash. */
    static Origin origin(String text) {
        int millis = text.lastIndexOf('/');
        int offset = text.lastIndexOf('/', millis - 1);
        int partition = text.lastIndexOf('/', offset - 1);
        return new Origin(
                text.substring(0, partition),
                Integer.parseInt(text.substring(partition + 1, offset)),
                Long.parseLong(text.substring(offset + 1, millis)),
                Long.parseLong(text.substring(millis + 1)));
    }

    private static String single(ConsumerRecord<byte[], byte[]> letter, String name) {
        List<String> values = all(letter, name);
        if (values.size() != 1) {
            throw new AssertionError("header " + name + " must come once, got " + values);
        }
        return values.get(0);
    }

    private static List<String> all(ConsumerRecord<byte[], byte[]> letter, String name) {
        List<String> values = new ArrayList<>();
        for (Header header : letter.headers().headers(name)) {
            values.add(new String(header.value(), StandardCharsets.UTF_8));
        }
        return values;
    }
}
