package dev.weir.flink;

import dev.weir.core.model.SeriesKey;
import dev.weir.core.series.SeriesState;
import dev.weir.core.series.SeriesStateCodec;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;

/**
 * Reads series from the keyed state backend and writes them back. Decodes and encodes them, and registers their timers when it writes them.
 * Changes the backend's current key and does not restore it.
 */
final class SeriesStore {
    private final KeyedStateBackend<SeriesKey> backend;
    private final ValueState<byte[]> stored;
    private final ValueState<byte[]> storedSettled;
    private final SeriesTimers timers;
    private final WrittenSeries written;
    private final Consumer<SeriesState> loaded;
    private final int keyGroups;
    private final SeriesStateCodec codec = new SeriesStateCodec();

    /**
     * Creates a store.
     *
     * @param stored series without their settled part; keyed by the backend's current key
     * @param storedSettled the settled part of a series that has one
     * @param timers registers the timer of each series that is written
     * @param written the series that the backend may contain
     * @param loaded called with every series that was read, before it is returned
     * @param keyGroups number of key groups of the job
     */
    SeriesStore(
            KeyedStateBackend<SeriesKey> backend,
            ValueState<byte[]> stored,
            ValueState<byte[]> storedSettled,
            SeriesTimers timers,
            WrittenSeries written,
            Consumer<SeriesState> loaded,
            int keyGroups) {
        this.backend = backend;
        this.stored = stored;
        this.storedSettled = storedSettled;
        this.timers = timers;
        this.written = written;
        this.loaded = loaded;
        this.keyGroups = keyGroups;
    }

    /** Returns whether the backend was empty when this attempt began. If so, it contains only series that this store wrote. */
    boolean isNew() {
        return written.knowsAll();
    }

    /** Returns a series that has no state yet. */
    CachedSeries create(SeriesKey key) {
        CachedSeries series = cached(key, new SeriesState());
        series.reconciled = true;
        return series;
    }

    /** Returns the series, or null if it has no state. */
    CachedSeries read(SeriesKey key) throws IOException {
        if (!written.mayContain(key)) {
            return null;
        }
        backend.setCurrentKey(key);
        byte[] state = stored.value();
        return state == null ? null : decoded(key, state);
    }

    /** Writes the series if it is dirty. */
    void write(CachedSeries series) throws IOException {
        if (series.dirty) {
            backend.setCurrentKeyAndKeyGroup(series.key, series.keyGroup);
            timers.register(series);
            if (series.series.settle(series.key)) {
                // Null if nothing is settled any more, which deletes the state.
                storedSettled.update(codec.encodeSettled(series.series));
            }
            stored.update(codec.encode(series.series));
            written.add(series.key);
            series.dirty = false;
        }
    }

    /**
     * Visits the stored series whose key matches, and writes those that the visitor left dirty.
     *
     * @param descriptor the descriptor of {@code stored}
     */
    void forEach(ValueStateDescriptor<byte[]> descriptor, Predicate<SeriesKey> which, Consumer<CachedSeries> visitor)
            throws Exception {
        backend.applyToAllKeys(VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, descriptor, (key, state) -> {
            if (which.test(key)) {
                CachedSeries series = decoded(key, state.value());
                visitor.accept(series);
                write(series);
            }
        });
    }

    /** Decodes a stored series. Its key must be the backend's current one. */
    private CachedSeries decoded(SeriesKey key, byte[] state) throws IOException {
        byte[] settled = SeriesStateCodec.hasSettled(state) ? storedSettled.value() : null;
        SeriesState series = codec.decode(state, settled);
        loaded.accept(series);
        return cached(key, series);
    }

    private CachedSeries cached(SeriesKey key, SeriesState series) {
        return new CachedSeries(key, KeyGroupRangeAssignment.assignToKeyGroup(key, keyGroups), series);
    }
}
