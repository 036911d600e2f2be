package dev.weir.sink.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.core.model.DeadLetter;
import dev.weir.core.model.Origin;
import dev.weir.core.model.Reading;
import dev.weir.core.model.Reason;
import dev.weir.core.model.Reject;
import dev.weir.core.model.SeriesKey;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.AbstractRecords;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.RecordBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadLetterFormatTest {
    private static final Origin ORIGIN = new Origin("in", 3, 42, 1_700_000_000_123L);
    private static final byte[] KEY = "k".getBytes(UTF_8);
    private static final byte[] VALUE = "{\"a\":1}".getBytes(UTF_8);
    private static final int LIMIT = DeadLetterFormat.DEFAULT_MAX_RECORD_BYTES;

    private final DeadLetterFormat format = new DeadLetterFormat("p", LIMIT);

    @Test
    void carriesTheOriginalBytesAndSaysWhyAndWhence() {
        DeadLetterRecord record =
                only(format.format(letter(KEY, VALUE, new Reject(Reason.MALFORMED, "not JSON at 7", null))));

        assertThat(record.key()).isEqualTo(KEY);
        assertThat(record.value()).isEqualTo(VALUE);
        assertThat(headers(record))
                .containsExactly(
                        "weir.reason=MALFORMED",
                        "weir.detail=not JSON at 7",
                        "weir.origin=in/3/42/1700000000123",
                        "weir.pipeline=p",
                        "weir.generation=2",
                        "weir.payload=original");
    }

    @Test
    void repeatsReasonDetailAndMetricInTheOrderOfTheRejectsEvenWhereADetailIsEmpty() {
        DeadLetterRecord record = only(format.format(letter(
                KEY,
                VALUE,
                new Reject(Reason.OUT_OF_RANGE, "", "temperature"),
                new Reject(Reason.MISSING_FIELD, "value is null", "humidity"))));

        assertThat(headers(record).subList(0, 6))
                .containsExactly(
                        "weir.reason=OUT_OF_RANGE",
                        "weir.detail=",
                        "weir.metric=temperature",
                        "weir.reason=MISSING_FIELD",
                        "weir.detail=value is null",
                        "weir.metric=humidity");
    }

    @Test
    void anItemWithoutAMetricHasAnEmptyOneBesideOthersThatHaveOne() {
        Reject item = new Reject(Reason.MISSING_FIELD, "item 0: sensor", null);
        Reject reading = new Reject(Reason.OUT_OF_RANGE, "item 1: 200", "temperature");

        assertThat(headers(only(format.format(letter(KEY, VALUE, item, reading))))
                        .subList(0, 6))
                .containsExactly(
                        "weir.reason=MISSING_FIELD",
                        "weir.detail=item 0: sensor",
                        "weir.metric=",
                        "weir.reason=OUT_OF_RANGE",
                        "weir.detail=item 1: 200",
                        "weir.metric=temperature");
        assertThat(headers(only(format.format(letter(KEY, VALUE, item, item)))))
                .noneMatch(header -> header.startsWith("weir.metric="));
    }

    @Test
    void keepsATombstoneAndAMissingKey() {
        DeadLetterRecord record =
                only(format.format(letter(null, null, new Reject(Reason.MALFORMED, "tombstone", null))));

        assertThat(record.key()).isNull();
        assertThat(record.value()).isNull();
        assertThat(headers(record)).contains("weir.payload=original").doesNotContain("weir.truncated=true");
    }

    @Test
    void carriesTheReadingAsJsonWhereItStandsInForTheEvent() {
        Reading reading = new Reading(
                new SeriesKey("s\"1", "temperature"),
                1_700_000_000_000_001L,
                21.5,
                "Cel",
                null,
                2,
                ORIGIN,
                KEY,
                null,
                0);
        DeadLetterRecord record = only(format.format(
                new DeadLetter(ORIGIN, List.of(new Reject(Reason.LATE, "", "temperature")), KEY, null, reading, 1)));

        assertThat(record.key()).isEqualTo(KEY);
        assertThat(new String(record.value(), UTF_8))
                .isEqualTo("{\"sensor_id\":\"s\\\"1\",\"metric\":\"temperature\",\"event_time\":1700000000000001,"
                        + "\"value\":21.5,\"unit\":\"Cel\",\"site\":null,\"quality\":2}");
        assertThat(headers(record)).contains("weir.payload=reading");
    }

    @Test
    void cutsADetailAtAWholeCharacter() {
        assertThat(RejectHeaders.cut("x".repeat(2000), 1024)).hasSize(1024);
        // 1 + 341 * 3 = 1024 bytes fit exactly; one more does not
        assertThat(RejectHeaders.cut("x" + "€".repeat(400), 1024)).isEqualTo(("x" + "€".repeat(341)).getBytes(UTF_8));
        // 341 * 3 = 1023: the next would end at 1026
        assertThat(RejectHeaders.cut("€".repeat(400), 1024))
                .isEqualTo("€".repeat(341).getBytes(UTF_8));
        // 3 + 255 * 4 = 1023
        assertThat(RejectHeaders.cut("xyz" + "😀".repeat(400), 1024))
                .isEqualTo(("xyz" + "😀".repeat(255)).getBytes(UTF_8));
        // a character of two Java chars at the very end of what is looked at
        assertThat(RejectHeaders.cut("x".repeat(1023) + "😀", 1024))
                .isEqualTo("x".repeat(1023).getBytes(UTF_8));
        assertThat(RejectHeaders.cut("x".repeat(1020) + "😀", 1024)).hasSize(1024);
    }

    @Test
    void emptiesTheLastDetailsFirstAndOnlyAsManyAsItTakes() {
        // 60 details of 1 KiB are more than 48 KiB; without details 60 rejects are a few KiB
        DeadLetterRecord record = only(format.format(letter(KEY, VALUE, rejects(60, "d".repeat(1024)))));

        List<String> details = headers(record).stream()
                .filter(header -> header.startsWith("weir.detail="))
                .toList();
        assertThat(details).hasSize(60);
        long kept = details.stream().filter(detail -> detail.length() > 1000).count();
        assertThat(kept).isBetween(40L, 47L);
        assertThat(details.subList(0, (int) kept)).allMatch(detail -> detail.length() > 1000);
        assertThat(details.subList((int) kept, 60)).containsOnly("weir.detail=");
        assertThat(headerBytes(record)).isBetween(46 * 1024, 48 * 1024 - 1);
    }

    @Test
    void goesOnInFurtherDeadLettersWithTheSameKeyAndValueUntilAllOfAThousandRejectsAreCarried() {
        List<DeadLetterRecord> records = format.format(letter(KEY, VALUE, rejects(1000, "some detail")));

        assertThat(records).hasSizeBetween(2, 4).allSatisfy(record -> {
            assertThat(record.key()).isEqualTo(KEY);
            assertThat(record.value()).isEqualTo(VALUE);
            assertThat(headerBytes(record)).isLessThan(48 * 1024);
            assertThat(headers(record)).contains("weir.origin=in/3/42/1700000000123", "weir.detail=");
        });
        List<String> metrics = records.stream()
                .flatMap(record -> headers(record).stream())
                .filter(header -> header.startsWith("weir.metric="))
                .toList();
        assertThat(metrics)
                .containsExactlyElementsOf(IntStream.range(0, 1000)
                        .mapToObj(i -> "weir.metric=metric-" + i)
                        .toList());
    }

    /** A reject takes up to 300 bytes, so a record leaves less than that free, and the 28 of {@code weir.truncated}. */
    @ParameterizedTest
    @ValueSource(ints = {151, 163, 174, 186, 199, 203, 211, 217})
    void fillsTheHeadersUpToTheLimit(int metric) {
        Reject[] rejects = IntStream.range(0, 500)
                .mapToObj(i -> new Reject(Reason.WRONG_TYPE, "d", "m".repeat(metric)))
                .toArray(Reject[]::new);
        List<DeadLetterRecord> records = format.format(letter(KEY, VALUE, rejects));
        assertThat(records).hasSizeGreaterThan(2);
        for (DeadLetterRecord record : records.subList(0, records.size() - 1)) {
            assertThat(countedBytes(record)).isBetween(48 * 1024 - 1 - 28 - 300, 48 * 1024 - 1 - 28);
            assertThat(headers(record)).doesNotContain("weir.detail=d");
        }
    }

    /** Kafka's own overhead is taken as 128 bytes. */
    @Test
    void cutsAValueOnlyIfItIsTooLarge() {
        Reject reject = new Reject(Reason.MALFORMED, "", null);
        int room = LIMIT - 128 - KEY.length - countedBytes(only(format.format(letter(KEY, VALUE, reject))));
        assertThat(only(format.format(letter(KEY, new byte[room], reject))).value())
                .hasSize(room);
        assertThat(only(format.format(letter(KEY, new byte[room + 1], reject))).value())
                .hasSizeLessThan(room);
    }

    @Test
    void leavesAValueThatFitsAsItIs() {
        DeadLetterRecord record =
                only(format.format(letter(KEY, new byte[1024 * 1024], rejects(40, "d".repeat(1024)))));

        assertThat(record.value()).hasSize(1024 * 1024);
        assertThat(headers(record)).doesNotContain("weir.truncated=true");
        assertThat(recordBytes(record)).isLessThanOrEqualTo(LIMIT);
    }

    @Test
    void cutsAValueThatTheTopicDoesNotTakeAndSaysSo() {
        byte[] value = new byte[2 * 1024 * 1024];
        value[0] = 7;
        DeadLetterRecord record = only(format.format(letter(KEY, value, new Reject(Reason.MALFORMED, "", null))));

        assertThat(recordBytes(record)).isBetween(LIMIT - 200, LIMIT);
        assertThat(record.value()).startsWith(7).hasSizeGreaterThan(1024 * 1024);
        assertThat(headers(record)).endsWith("weir.truncated=true");
    }

    @Test
    void cutsAKeyTooWhereItAloneIsTooLarge() {
        DeadLetterRecord record =
                only(format.format(letter(new byte[LIMIT], VALUE, new Reject(Reason.MALFORMED, "", null))));

        assertThat(recordBytes(record)).isLessThanOrEqualTo(LIMIT);
        assertThat(record.value()).isEmpty();
        assertThat(headers(record)).endsWith("weir.truncated=true");
    }

    @Test
    void takesNoLimitThatHeadersMayExceed() {
        assertThatThrownBy(() -> new DeadLetterFormat("p", 1000))
                .hasMessageContaining("65536")
                .hasMessageContaining("1000");
        assertThat(new DeadLetterFormat("p", 65_536).format(letter(KEY, VALUE, rejects(1, ""))))
                .hasSize(1);
    }

    private static DeadLetter letter(byte[] key, byte[] value, Reject... rejects) {
        return new DeadLetter(ORIGIN, List.of(rejects), key, value, null, 2);
    }

    private static Reject[] rejects(int count, String detail) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Reject(Reason.WRONG_TYPE, detail, "metric-" + i))
                .toArray(Reject[]::new);
    }

    static DeadLetterRecord only(List<DeadLetterRecord> records) {
        assertThat(records).hasSize(1);
        return records.get(0);
    }

    static List<String> headers(DeadLetterRecord record) {
        List<String> headers = new ArrayList<>();
        for (int i = 0; i < record.headerNames().length; i++) {
            headers.add(record.headerNames()[i] + '=' + new String(record.headerValues()[i], UTF_8));
        }
        return headers;
    }

    /** As the format counts them: ten bytes for the lengths of each. */
    private static int countedBytes(DeadLetterRecord record) {
        DeadLetterHeaders headers = new DeadLetterHeaders();
        for (int i = 0; i < record.headerNames().length; i++) {
            headers.add(record.headerNames()[i], record.headerValues()[i]);
        }
        return headers.bytes();
    }

    private static int headerBytes(DeadLetterRecord record) {
        return recordBytes(record)
                - recordBytes(new DeadLetterRecord(record.key(), record.value(), new String[0], new byte[0][]));
    }

    /** What Kafka's own producer holds against max.request.size. */
    private static int recordBytes(DeadLetterRecord record) {
        Header[] headers = IntStream.range(0, record.headerNames().length)
                .mapToObj(i -> new RecordHeader(record.headerNames()[i], record.headerValues()[i]))
                .toArray(Header[]::new);
        return AbstractRecords.estimateSizeInBytesUpperBound(
                RecordBatch.CURRENT_MAGIC_VALUE, CompressionType.NONE, record.key(), record.value(), headers);
    }
}
