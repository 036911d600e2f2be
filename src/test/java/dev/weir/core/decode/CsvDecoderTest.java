package dev.weir.core.decode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.core.catalog.Input;
import dev.weir.core.model.FileHead;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Long rows, and what is left in the buffer of the row before. {@code IntakeLongTest} and {@code BadInputTest} have the rules. */
class CsvDecoderTest {
    private static final Input.Csv CSV = new Input.Csv(List.of("sensor", "value"), ',', false);

    private final Layout layout = new Layout(Input.flat(
            Input.Format.CSV,
            Input.Fields.named(
                    "sensor",
                    Input.EventTime.named(List.of("time"), List.of("epoch-millis"), "UTC"),
                    "m",
                    "value",
                    null,
                    null),
            Map.of(),
            CSV,
            Set.of(),
            false));
    private final CsvDecoder decoder = new CsvDecoder(CSV, layout);
    private final Items items = new Items(layout, Set.of());
    private final Cells cells = items.event();

    /** The buffer holds 1,024 characters at first, so these rows fill it, or need a larger one. */
    @ParameterizedTest
    @ValueSource(ints = {1_022, 1_023, 1_024, 3_000, 70_000})
    void readsALongRow(int length) throws MalformedEventException {
        String sensor = "s".repeat(length - 2);
        assertThat(sensor(sensor + ",1")).isEqualTo(sensor);
        assertThat(cells.text(layout.value)).isEqualTo("1");
        assertThat(sensor(sensor + "s,")).isEqualTo(sensor + "s");
        assertThat(cells.text(layout.value)).isEmpty();
        assertThat(sensor('"' + sensor + '"')).isEqualTo(sensor);
        assertThatThrownBy(() -> sensor('"' + sensor + 's')).hasMessage("a quote is not closed");
    }

    @Test
    void readsNothingBehindTheEnd() throws MalformedEventException {
        sensor("a,\"b\"");
        assertThat(sensor("c,")).isEqualTo("c");
        assertThat(cells.text(layout.value)).isEmpty();
        sensor("abc\"\"\"");
        assertThat(sensor("\"a\"")).isEqualTo("a");
        sensor("abc\"");
        assertThatThrownBy(() -> sensor("\"ab")).hasMessage("a quote is not closed");
        sensor("\uFEFFa,1");
        assertThatThrownBy(() -> sensor("")).hasMessage("empty");
    }

    @Test
    void aByteOrderMarkIsNotPartOfTheName() throws MalformedEventException {
        assertThat(sensor("\uFEFFs,1")).isEqualTo("s");
    }

    @Test
    void namesTheFault() throws MalformedEventException {
        assertThatThrownBy(() -> decode("s,\u00FF".getBytes(ISO_8859_1))).hasMessage("not UTF-8");
        assertThat(sensor("s,1")).isEqualTo("s");
        assertThatThrownBy(() -> decode("s,\u00FF".getBytes(ISO_8859_1))).hasMessage("not UTF-8");
    }

    @Test
    void theQuoteMayBeAnotherCharacterOrNone() throws MalformedEventException {
        CsvDecoder single = new CsvDecoder(new Input.Csv(CSV.header(), ',', false, '\'', null), layout);
        read(single, "'a,''b''',\"1\"");
        assertThat(cells.text(layout.sensorId)).isEqualTo("a,'b'");
        assertThat(cells.text(layout.value)).isEqualTo("\"1\"");
        CsvDecoder none = new CsvDecoder(new Input.Csv(CSV.header(), ',', false, Input.Csv.NO_QUOTE, null), layout);
        read(none, "\"a\"\"b,\0c");
        assertThat(cells.text(layout.sensorId)).isEqualTo("\"a\"\"b");
        assertThat(cells.text(layout.value)).isEqualTo("\0c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"#", "# a \"comment,,,,", "sensor,value", "sensor,value\r\n", "", "\n", "\uFEFF# x", "#\u00E4\r"
            })
    void skipsALine(String row) throws MalformedEventException {
        CsvDecoder skipping = skipping("^#|^sensor,value$|^$");
        read(skipping, row);
        assertThat(items.size()).isZero();
        read(skipping, "s,1");
        assertThat(items.size()).isEqualTo(1);
        assertThat(cells.text(layout.sensorId)).isEqualTo("s");
    }

    @Test
    void findsWhatToSkipAnywhereInARow() throws MalformedEventException {
        CsvDecoder skipping = skipping("total");
        read(skipping, "s,\"sub\ntotal\"");
        assertThat(items.size()).isZero();
        assertThat(cells.kind(layout.sensorId)).isEqualTo(Cells.Kind.ABSENT);
        read(skipping, "s,Total");
        assertThat(items.size()).isEqualTo(1);
    }

    @Test
    void doesNotSkipASecondRow() {
        CsvDecoder skipping = skipping("^#");
        assertThatThrownBy(() -> read(skipping, "# a\ns,1")).hasMessage("more than one row");
        assertThatThrownBy(() -> read(skipping, "#,\u00FF".getBytes(ISO_8859_1)))
                .hasMessage("not UTF-8");
    }

    /** Each character of the row would be a call on the stack. */
    @Test
    void aLongRowDoesNotEndTheThread() throws MalformedEventException {
        read(skipping("^(?:a|b)*$"), "a".repeat(500_000));
        assertThat(items.size()).isEqualTo(1);
        read(skipping("(?:(?:(?:a|b)*c?)*d?)*!"), "ab".repeat(2_000) + ",1");
        assertThat(items.size()).isEqualTo(1);
    }

    @Test
    void theColumnsAreThoseOfTheRowsFile() throws MalformedEventException {
        CsvDecoder files = new CsvDecoder(new Input.Csv(null, ',', false), layout);
        FileHead one = new FileHead(List.of("value", "x", "sensor"), null);
        FileHead two = new FileHead(List.of("sensor"), null);
        files.decode("1,2,a".getBytes(UTF_8), one, items);
        assertThat(cells.text(layout.sensorId)).isEqualTo("a");
        assertThat(cells.text(layout.value)).isEqualTo("1");
        items.clear();
        files.decode("b".getBytes(UTF_8), two, items);
        assertThat(cells.text(layout.sensorId)).isEqualTo("b");
        assertThat(cells.missing(layout.value)).isTrue();
        assertThatThrownBy(() -> files.decode("b,1".getBytes(UTF_8), two, items))
                .hasMessage("more than the header's 1 columns");
        items.clear();
        files.decode("1,2,c".getBytes(UTF_8), one, items);
        assertThat(cells.text(layout.sensorId)).isEqualTo("c");
        assertThatThrownBy(() -> files.decode("b".getBytes(UTF_8), null, items))
                .hasMessageStartingWith("no header line");
    }

    @Test
    void aFileWithoutHeaderLineHasTheCatalogsColumns() throws MalformedEventException {
        decoder.decode("d,1".getBytes(UTF_8), new FileHead(null, null), items);
        assertThat(cells.text(layout.sensorId)).isEqualTo("d");
    }

    private CsvDecoder skipping(String regex) {
        return new CsvDecoder(new Input.Csv(CSV.header(), ',', false, '"', regex), layout);
    }

    private void read(CsvDecoder with, String row) throws MalformedEventException {
        read(with, row.getBytes(UTF_8));
    }

    private void read(CsvDecoder with, byte[] row) throws MalformedEventException {
        items.clear();
        with.decode(row, null, items);
    }

    private String sensor(String row) throws MalformedEventException {
        decode(row.getBytes(UTF_8));
        return cells.text(layout.sensorId);
    }

    private void decode(byte[] row) throws MalformedEventException {
        items.clear();
        decoder.decode(row, null, items);
    }
}
