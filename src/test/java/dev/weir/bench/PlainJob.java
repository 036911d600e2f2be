package dev.weir.bench;

import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import org.apache.avro.reflect.ReflectData;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.reader.TextLineInputFormat;
import org.apache.flink.connector.jdbc.JdbcConnectionOptions;
import org.apache.flink.connector.jdbc.JdbcExecutionOptions;
import org.apache.flink.connector.jdbc.core.datastream.sink.JdbcSink;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.fs.Path;
import org.apache.flink.formats.parquet.ParquetWriterFactory;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.functions.sink.filesystem.OutputFileConfig;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * What somebody writes who reads Flink's documentation and knows what he does: a KafkaSource with Jackson, keyed deduplication and an
 * event-time window, a FileSink with Avro's Parquet writer, upserts through the JDBC sink, bad records to a topic. It has neither
 * spike, stuck and quota nor books, and its lateness is the watermark's.
 */
final class PlainJob {
    private static final Duration DISORDER = Duration.ofSeconds(30);
    private static final Duration LATENESS = Duration.ofMinutes(2);
    private static final OutputTag<PlainEvent> FAULTY = new OutputTag<>("faulty") {};

    static final String TABLE =
            """
            CREATE TABLE plain_windows (sensor_id text, metric text, window_start timestamptz, site text, unit text,
              count bigint, sum float8, min float8, max float8, mean float8, stddev float8, first_value float8,
              last_value float8, PRIMARY KEY (sensor_id, metric, window_start))""";

    private static final String UPSERT =
            """
            INSERT INTO plain_windows VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (sensor_id, metric, window_start) DO UPDATE SET site = EXCLUDED.site, unit = EXCLUDED.unit,
              count = EXCLUDED.count, sum = EXCLUDED.sum, min = EXCLUDED.min, max = EXCLUDED.max,
              mean = EXCLUDED.mean, stddev = EXCLUDED.stddev, first_value = EXCLUDED.first_value,
              last_value = EXCLUDED.last_value""";

    private PlainJob() {}

    static void define(StreamExecutionEnvironment env, Task task) {
        KeySelector<PlainReading, Tuple2<String, String>> bySeries = new BySeries();
        SingleOutputStreamOperator<PlainReading> readings =
                events(env, task).process(new Split()).uid("split");
        readings.getSideOutput(FAULTY).sinkTo(deadLetters(task)).uid("dead-letters");
        SingleOutputStreamOperator<PlainReading> unique = readings.keyBy(bySeries)
                .process(new PlainDeduplication(LATENESS))
                .uid("deduplicate");
        unique.sinkTo(lake(task)).uid("lake");
        unique.keyBy(bySeries)
                .window(TumblingEventTimeWindows.of(Duration.ofMinutes(1)))
                .allowedLateness(LATENESS)
                .aggregate(new PlainAggregate(), new PlainAggregate.Finish())
                .uid("windows")
                .sinkTo(postgres(task))
                .uid("postgres");
    }

    /**
     * By Kafka's source, or by Flink's own source of files. That reads a folder in any order, so there the windows wait for the end of the
     * input.
     */
    private static SingleOutputStreamOperator<PlainEvent> events(StreamExecutionEnvironment env, Task task) {
        if (!task.name().equals(Contenders.PLAIN_FILES)) {
            return env.fromSource(source(task), watermarks(DISORDER), "events").uid("events");
        }
        FileSource<String> lines = FileSource.forRecordStreamFormat(
                        new TextLineInputFormat(),
                        new Path(task.directory()
                                .resolveSibling("files")
                                .resolve(task.topic())
                                .toUri()))
                .build();
        return env.fromSource(lines, WatermarkStrategy.noWatermarks(), "lines")
                .uid("lines")
                .flatMap(new PlainRows())
                .uid("rows")
                .assignTimestampsAndWatermarks(watermarks(Duration.ofDays(36_500)))
                .uid("watermarks");
    }

    private static final class BySeries implements KeySelector<PlainReading, Tuple2<String, String>> {
        @Override
        public Tuple2<String, String> getKey(PlainReading reading) {
            return Tuple2.of(reading.sensorId, reading.metric);
        }
    }

    private static final class Split extends ProcessFunction<PlainEvent, PlainReading> {
        @Override
        public void processElement(PlainEvent event, Context context, Collector<PlainReading> out) {
            if (event.reading != null) {
                out.collect(event.reading);
            } else {
                context.output(FAULTY, event);
            }
        }
    }

    private static KafkaSource<PlainEvent> source(Task task) {
        return KafkaSource.<PlainEvent>builder()
                .setBootstrapServers(task.bootstrapServers())
                .setTopics(task.topic())
                .setGroupId("plain")
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setBounded(OffsetsInitializer.latest())
                .setProperty("isolation.level", "read_committed")
                .setDeserializer(new PlainDeserializer())
                .build();
    }

    /** Of each partition by itself, as the source does it. A bad record has no time, and moves nothing. */
    private static WatermarkStrategy<PlainEvent> watermarks(Duration disorder) {
        return WatermarkStrategy.<PlainEvent>forBoundedOutOfOrderness(disorder)
                .withTimestampAssigner(
                        (event, record) -> event.reading == null ? Long.MIN_VALUE : event.reading.eventTime);
    }

    private static KafkaSink<PlainEvent> deadLetters(Task task) {
        String topic = task.deadLetterTopic();
        return KafkaSink.<PlainEvent>builder()
                .setBootstrapServers(task.bootstrapServers())
                .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                .setTransactionalIdPrefix(topic)
                .setProperty("transaction.timeout.ms", "900000")
                .setRecordSerializer((event, context, timestamp) -> {
                    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, event.key, event.value);
                    record.headers().add("reason", event.fault.getBytes(StandardCharsets.UTF_8));
                    return record;
                })
                .build();
    }

    private static FileSink<PlainReading> lake(Task task) {
        ParquetWriterFactory<PlainReading> parquet =
                new ParquetWriterFactory<>(out -> AvroParquetWriter.<PlainReading>builder(out)
                        .withSchema(ReflectData.get().getSchema(PlainReading.class))
                        .withDataModel(ReflectData.get())
                        .withCompressionCodec(CompressionCodecName.ZSTD)
                        .build());
        return FileSink.forBulkFormat(new Path(task.lake().resolve("readings").toUri()), parquet)
                .withBucketAssigner(new PlainDays())
                .withOutputFileConfig(
                        OutputFileConfig.builder().withPartSuffix(".parquet").build())
                .build();
    }

    /** Without reWriteBatchedInserts: a window that fires again within a batch would fail for ever. */
    private static JdbcSink<PlainWindow> postgres(Task task) {
        return JdbcSink.<PlainWindow>builder()
                .withQueryStatement(UPSERT, (statement, row) -> {
                    statement.setString(1, row.sensorId);
                    statement.setString(2, row.metric);
                    statement.setTimestamp(3, new Timestamp(row.windowStart));
                    statement.setString(4, row.site);
                    statement.setString(5, row.unit);
                    statement.setLong(6, row.count);
                    statement.setDouble(7, row.sum);
                    statement.setDouble(8, row.min);
                    statement.setDouble(9, row.max);
                    statement.setDouble(10, row.mean);
                    statement.setObject(11, row.stddev(), Types.DOUBLE);
                    statement.setDouble(12, row.firstValue);
                    statement.setDouble(13, row.lastValue);
                })
                .withExecutionOptions(JdbcExecutionOptions.builder()
                        .withBatchSize(2_000)
                        .withBatchIntervalMs(1_000)
                        .withMaxRetries(3)
                        .build())
                .buildAtLeastOnce(new JdbcConnectionOptions.JdbcConnectionOptionsBuilder()
                        .withUrl(task.postgresUrl())
                        .withDriverName("org.postgresql.Driver")
                        .withUsername(task.postgresUser())
                        .withPassword(task.postgresPassword())
                        .build());
    }
}
