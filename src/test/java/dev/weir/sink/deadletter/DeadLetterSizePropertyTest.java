package dev.weir.sink.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.model.DeadLetter;
import dev.weir.core.model.Origin;
import dev.weir.core.model.Reason;
import dev.weir.core.model.Reject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.AbstractRecords;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.RecordBatch;

/** Whatever is rejected, its dead letters fit, and together carry every reject in order with the metric beside its reason. */
class DeadLetterSizePropertyTest {
    private static final Origin ORIGIN = new Origin("t".repeat(249), Integer.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE);
    private static final int LIMIT = DeadLetterFormat.HEADROOM_BYTES + 20_000;

    @Property(tries = 300)
    void everyDeadLetterFitsAndNoRejectIsLost(
            @ForAll("rejects") List<Reject> rejects,
            @ForAll @IntRange(min = 0, max = 2 * LIMIT) int valueBytes,
            @ForAll @IntRange(min = 0, max = 2_000) int keyBytes) {
        DeadLetter letter = new DeadLetter(ORIGIN, rejects, new byte[keyBytes], new byte[valueBytes], null, 1);
        List<DeadLetterRecord> records = new DeadLetterFormat("p".repeat(255), LIMIT).format(letter);

        List<String> carried = new ArrayList<>();
        for (DeadLetterRecord record : records) {
            Header[] headers = headers(record);
            int headerBytes = size(record, headers) - size(record, new Header[0]);
            assertThat(headerBytes).isLessThan(48 * 1024);
            assertThat(size(record, headers)).isLessThanOrEqualTo(LIMIT);
            assertThat(last(record).equals("weir.truncated"))
                    .as("truncated, and only then says so")
                    .isEqualTo(record.value().length < valueBytes || record.key().length < keyBytes);
            for (int i = 0; record.headerNames()[i].equals("weir.reason"); i += 3) {
                assertThat(record.headerNames()[i + 1]).isEqualTo("weir.detail");
                assertThat(record.headerNames()[i + 2]).isEqualTo("weir.metric");
                carried.add(text(record, i) + ' ' + text(record, i + 2));
            }
        }
        assertThat(carried)
                .isEqualTo(
                        rejects.stream().map(r -> r.reason() + " " + r.metric()).toList());
    }

    @Provide
    Arbitrary<List<Reject>> rejects() {
        Arbitrary<String> detail = Arbitraries.oneOf(
                Arbitraries.just(""),
                Arbitraries.integers().between(0, 2_000).map("d"::repeat),
                Arbitraries.integers().between(0, 600).map("€"::repeat));
        Arbitrary<String> metric = Arbitraries.integers().between(1, 255).map("µ"::repeat);
        return Combinators.combine(Arbitraries.of(Reason.class), detail, metric)
                .as(Reject::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(1_000);
    }

    private static String last(DeadLetterRecord record) {
        return record.headerNames()[record.headerNames().length - 1];
    }

    private static String text(DeadLetterRecord record, int header) {
        return new String(record.headerValues()[header], UTF_8);
    }

    private static Header[] headers(DeadLetterRecord record) {
        return IntStream.range(0, record.headerNames().length)
                .mapToObj(i -> new RecordHeader(record.headerNames()[i], record.headerValues()[i]))
                .toArray(Header[]::new);
    }

    /** What Kafka's own producer holds against max.request.size. */
    private static int size(DeadLetterRecord record, Header[] headers) {
        return AbstractRecords.estimateSizeInBytesUpperBound(
                RecordBatch.CURRENT_MAGIC_VALUE, CompressionType.NONE, record.key(), record.value(), headers);
    }
}
