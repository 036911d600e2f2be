package dev.weir.sink.lake;

import com.github.luben.zstd.Zstd;
import dev.weir.core.model.Reading;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;

/** The table {@code readings} as most write it: an Avro schema, a generic record for each row, Parquet's own defaults, zstd. */
final class AvroReadings {
    private static final Schema SCHEMA = SchemaBuilder.record("reading")
            .fields()
            .requiredString("sensor_id")
            .requiredString("metric")
            .requiredLong("event_time")
            .requiredDouble("value")
            .optionalString("unit")
            .optionalString("site")
            .requiredInt("quality")
            .requiredString("origin_topic")
            .requiredInt("origin_partition")
            .requiredLong("origin_offset")
            .requiredLong("origin_timestamp")
            .requiredInt("generation")
            .endRecord();

    private AvroReadings() {}

    static void write(Reading[] readings, Path file) throws IOException {
        try (ParquetWriter<GenericRecord> writer = AvroParquetWriter.<GenericRecord>builder(new LocalOutputFile(file))
                .withSchema(SCHEMA)
                .withDataModel(GenericData.get())
                .withConf(new PlainParquetConfiguration())
                .withCodecFactory(new ZstdPages())
                .withCompressionCodec(CompressionCodecName.ZSTD)
                .build()) {
            for (Reading reading : readings) {
                writer.write(row(reading));
            }
        }
    }

    private static GenericRecord row(Reading reading) {
        GenericRecord row = new GenericData.Record(SCHEMA);
        row.put(0, reading.series().sensorId());
        row.put(1, reading.series().metric());
        row.put(2, reading.eventTimeMicros());
        row.put(3, reading.value());
        row.put(4, reading.unit());
        row.put(5, reading.site());
        row.put(6, reading.quality());
        row.put(7, reading.origin().topic());
        row.put(8, reading.origin().partition());
        row.put(9, reading.origin().offset());
        row.put(10, reading.origin().timestampMillis() * 1_000);
        row.put(11, reading.generation());
        return row;
    }

    /** Parquet's own wants all of Hadoop. Level 3 as there. */
    private static final class ZstdPages
            implements CompressionCodecFactory, CompressionCodecFactory.BytesInputCompressor {
        @Override
        public BytesInput compress(BytesInput page) throws IOException {
            return BytesInput.from(Zstd.compress(page.toByteArray(), 3));
        }

        @Override
        public CompressionCodecName getCodecName() {
            return CompressionCodecName.ZSTD;
        }

        @Override
        public BytesInputCompressor getCompressor(CompressionCodecName name) {
            return this;
        }

        @Override
        public BytesInputDecompressor getDecompressor(CompressionCodecName name) {
            throw new UnsupportedOperationException("only writes");
        }

        @Override
        public void release() {}
    }
}
