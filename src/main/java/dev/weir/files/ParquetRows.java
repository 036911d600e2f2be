package dev.weir.files;

import dev.weir.core.model.FileHead;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.parquet.avro.AvroReadSupport;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.api.InitContext;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.io.api.RecordMaterializer;

/**
 * The records of a Parquet file, each as the bytes of an Avro record. Parquet's own reader reads it, without Hadoop
 * ({@link ParquetOptions}). Classes that a schema names are not loaded, because records are generic.
 *
 * <p>The columns of one row group are in memory at a time, so a file is opened only when its turn has come.
 */
final class ParquetRows implements RowSource {
    private final StorageStream stored;
    private final ParquetFileReader reader;
    private final MessageColumnIO columns;
    private final RecordMaterializer<GenericRecord> materializer;
    private RecordReader<GenericRecord> records;
    /** Rows that are left in the row group. */
    private long left;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private FileHead head = new FileHead(null, null);
    private GenericDatumWriter<GenericRecord> writer;
    private BinaryEncoder encoder;
    private Schema schema;

    ParquetRows(StorageStream stored) throws IOException {
        this.stored = stored;
        // The time stamps of old writers become 12 bytes, instead of making the file unreadable.
        ParquetConfiguration configuration =
                new PlainParquetConfiguration(Map.of(AvroReadSupport.READ_INT96_AS_FIXED, "true"));
        reader = new ParquetFileReader(new ParquetInput(stored), ParquetOptions.of(configuration));
        FileMetaData file = reader.getFileMetaData();
        AvroReadSupport<GenericRecord> support = new AvroReadSupport<>(GenericData.get());
        Map<String, Set<String>> metadata = new HashMap<>();
        file.getKeyValueMetaData().forEach((key, value) -> metadata.put(key, Set.of(value)));
        ReadSupport.ReadContext context = support.init(new InitContext(configuration, metadata, file.getSchema()));
        materializer = support.prepareForRead(configuration, file.getKeyValueMetaData(), file.getSchema(), context);
        columns = new ColumnIOFactory(file.getCreatedBy())
                .getColumnIO(context.getRequestedSchema(), file.getSchema(), true);
    }

    /** Without a schema before the first row. */
    @Override
    public FileHead head() {
        return head;
    }

    @Override
    public byte[] next() throws IOException {
        while (left == 0) {
            PageReadStore pages = reader.readNextRowGroup();
            if (pages == null) {
                return null;
            }
            left = pages.getRowCount();
            records = columns.getRecordReader(pages, materializer);
        }
        GenericRecord row = records.read();
        left--;
        if (schema == null) {
            schema = row.getSchema();
            head = new FileHead(null, schema.toString());
            writer = new GenericDatumWriter<>(schema, GenericData.get());
        }
        bytes.reset();
        encoder = EncoderFactory.get().directBinaryEncoder(bytes, encoder);
        writer.write(row, encoder);
        encoder.flush();
        byte[] whole = bytes.toByteArray();
        return whole.length <= ByteFeed.LIMIT ? whole : Arrays.copyOf(whole, ByteFeed.LIMIT);
    }

    @Override
    public void close() {
        StoredFile.closeQuietly(reader);
        stored.close();
    }
}
