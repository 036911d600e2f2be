package dev.weir.files;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.Map;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.bytes.ByteBufferAllocator;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.crypto.FileDecryptionProperties;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.format.converter.ParquetMetadataConverter.MetadataFilter;
import org.apache.parquet.hadoop.ParquetMetricsCallback;

/**
 * Options of Parquet's reader for a process without Hadoop.
 *
 * <p>Do not simplify: the builder of the options loads an input format of Hadoop, although nothing of it is used afterwards. So this calls
 * the constructor that the builder calls, which is not public.
 */
final class ParquetOptions {
    private static final int ALLOCATED_AT_ONCE = 8 << 20;

    private ParquetOptions() {}

    static ParquetReadOptions of(ParquetConfiguration configuration) {
        Class<?>[] types = new Class<?>[18];
        Object[] values = new Object[types.length];
        // Filters, vectored reads and buffers outside the heap: none. Number 5 is the check of the pages' checksums.
        Arrays.fill(types, 0, 9, boolean.class);
        Arrays.fill(values, 0, 9, false);
        values[5] = true;
        Class<?>[] others = {
            FilterCompat.Filter.class,
            MetadataFilter.class,
            CompressionCodecFactory.class,
            ByteBufferAllocator.class,
            int.class,
            Map.class,
            FileDecryptionProperties.class,
            ParquetMetricsCallback.class,
            ParquetConfiguration.class
        };
        System.arraycopy(others, 0, types, 9, others.length);
        Object[] their = {
            FilterCompat.NOOP,
            ParquetMetadataConverter.NO_FILTER,
            new PageDecompressor(),
            new HeapByteBufferAllocator(),
            ALLOCATED_AT_ONCE,
            Map.of(),
            null,
            null,
            configuration
        };
        System.arraycopy(their, 0, values, 9, their.length);
        try {
            Constructor<ParquetReadOptions> constructor = ParquetReadOptions.class.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (NoSuchMethodException
                | IllegalAccessException
                | InstantiationException
                | InvocationTargetException e) {
            throw new IllegalStateException("parquet-hadoop has other read options than version 1.15", e);
        }
    }
}
