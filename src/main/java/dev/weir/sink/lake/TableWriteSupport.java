package dev.weir.sink.lake;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.RecordConsumer;

/** Hands the rows of a table to Parquet, column by column. */
final class TableWriteSupport<T> extends WriteSupport<T> {
    private final LakeTable<T> table;
    private final TextCache texts;
    private ColumnWriter columns;

    TableWriteSupport(LakeTable<T> table, TextCache texts) {
        this.table = table;
        this.texts = texts;
    }

    @Override
    public WriteContext init(ParquetConfiguration configuration) {
        return new WriteContext(table.schema(), Map.of());
    }

    /** Never called: {@link ParquetFiles} gives Parquet a configuration of its own, not Hadoop's. */
    @Override
    public WriteContext init(Configuration configuration) {
        return new WriteContext(table.schema(), Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer consumer) {
        columns = new ColumnWriter(consumer, table.schema(), texts);
    }

    @Override
    public void write(T row) {
        columns.startRow();
        table.write(row, columns);
        columns.endRow();
    }
}
