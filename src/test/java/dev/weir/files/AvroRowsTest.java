package dev.weir.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.core.decode.RecordJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that Avro's own writer wrote. */
class AvroRowsTest {
    private static final Schema SCHEMA = new Schema.Parser()
            .parse(
                    """
                    {"type": "record", "name": "Event", "fields": [
                      {"name": "id", "type": ["null", "string"]}, {"name": "ts", "type": "long"},
                      {"name": "v", "type": {"type": "array", "items": "double"}}]}""");

    private static byte[] file(int records, CodecFactory codec) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>(SCHEMA))) {
            writer.setCodec(codec).setSyncInterval(500).create(SCHEMA, out);
            for (int i = 0; i < records; i++) {
                GenericRecord record = new GenericData.Record(SCHEMA);
                record.put("id", i % 5 == 0 ? null : "s" + i);
                record.put("ts", (long) i);
                record.put("v", i % 2 == 0 ? List.of() : List.of(i / 2.0, -1.0));
                writer.append(record);
            }
        }
        return out.toByteArray();
    }

    private static String shown(int i) {
        return "{\"id\":" + (i % 5 == 0 ? "null" : "\"s" + i + '"') + ",\"ts\":" + i + ",\"v\":"
                + (i % 2 == 0 ? "[]" : "[" + i / 2.0 + ",-1.0]") + '}';
    }

    /** Returns the rows as JSON, and adds what ended the file if it did not end well. */
    private static List<String> rows(byte[] file) {
        List<String> rows = new ArrayList<>();
        try (RowSource source = new AvroRows(new ByteArrayInputStream(file))) {
            RecordJson json = new RecordJson();
            for (byte[] row = source.next(); row != null; row = source.next()) {
                rows.add(new String(json.of(row, source.head().avroSchema()), UTF_8));
            }
        } catch (IOException e) {
            rows.add("damaged: " + e.getMessage());
        }
        return rows;
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "deflate", "snappy", "zstandard", "bzip2"})
    void readsEveryCodec(String codec) throws IOException {
        List<String> rows = rows(file(1_000, CodecFactory.fromString(codec)));
        assertThat(rows).hasSize(1_000);
        for (int i = 0; i < rows.size(); i++) {
            assertThat(rows.get(i)).isEqualTo(shown(i));
        }
    }

    @Test
    void aFileWithoutRecordsHasNoRows() throws IOException {
        assertThat(rows(file(0, CodecFactory.nullCodec()))).isEmpty();
    }

    /** Avro's own reader takes most of these for shorter files. */
    @Test
    void aFileThatIsCutIsDamagedUnlessItIsCutBetweenBlocks() throws IOException {
        byte[] whole = file(100, CodecFactory.nullCodec());
        List<String> all = rows(whole);
        byte[] sync = Arrays.copyOfRange(whole, whole.length - 16, whole.length);
        for (int length = 0; length < whole.length; length++) {
            List<String> rows = rows(Arrays.copyOf(whole, length));
            boolean between = length > 16 && Arrays.equals(Arrays.copyOfRange(whole, length - 16, length), sync);
            if (between) {
                assertThat(rows).isEqualTo(all.subList(0, rows.size()));
            } else {
                assertThat(rows.get(rows.size() - 1)).startsWith("damaged: ");
                assertThat(rows.subList(0, rows.size() - 1)).isEqualTo(all.subList(0, rows.size() - 1));
            }
        }
    }

    @Test
    void anyDamageIsAnException() throws IOException {
        Random random = new Random(7);
        for (String codec : List.of("null", "deflate", "snappy", "zstandard", "bzip2")) {
            byte[] whole = file(60, CodecFactory.fromString(codec));
            for (int i = 0; i < 500; i++) {
                byte[] damaged = whole.clone();
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
                rows(damaged);
            }
        }
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        assertThatThrownBy(() -> new AvroRows(new ByteArrayInputStream("PAR1 and more".getBytes(UTF_8))))
                .hasMessage("it is no Avro object container file");
        byte[] xz = new String(file(1, CodecFactory.deflateCodec(1)), ISO_8859_1)
                .replace("deflate", "deflatf")
                .getBytes(ISO_8859_1);
        assertThat(rows(xz))
                .containsExactly("damaged: its codec is deflatf: write with deflate, snappy, zstandard or bzip2");
        byte[] marker = file(3, CodecFactory.nullCodec());
        marker[marker.length - 1] ^= 1;
        assertThat(rows(marker)).containsExactly("damaged: a block does not end with the file's marker");
    }
}
