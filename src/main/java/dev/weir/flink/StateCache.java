package dev.weir.flink;

import dev.weir.core.model.SeriesKey;
import dev.weir.core.series.SeriesState;
import dev.weir.core.series.SeriesStateCodec;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.runtime.state.KeyedStateBackend;

/**
 * A bounded write-back cache of decoded series in front of the keyed state backend: a series that is read again soon costs neither a
 * state access nor a decoding. The backend holds bytes, so what is changed here cannot reach into a snapshot that is being written.
 *
 * <p>The least recently used series leaves first. Whoever owns it calls {@link #writeBack} before every snapshot and before reading
 * the backend past it.
 */
final class StateCache {
    private final LinkedHashMap<SeriesKey, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private final KeyedStateBackend<SeriesKey> backend;
    private final ValueState<byte[]> stored;
    private final SeriesStateCodec codec = new SeriesStateCodec();
    private final int capacity;
    private final long capacityBytes;

    private long bytes;
    private long hits;
    private long misses;
    private long evictions;

    /**
     * @param stored keyed by the backend's current key
     * @param capacity greatest number of series held, at least 1
     * @param capacityBytes about how much heap the series held may take; one is always held
     */
    StateCache(KeyedStateBackend<SeriesKey> backend, ValueState<byte[]> stored, int capacity, long capacityBytes) {
        this.backend = backend;
        this.stored = stored;
        this.capacity = capacity;
        this.capacityBytes = capacityBytes;
    }

    /** The series of the backend's current key, to be changed in place; null for one that has no state. */
    Entry get(SeriesKey key) throws IOException {
        Entry entry = entries.get(key);
        if (entry != null) {
            hits++;
            weigh(entry);
            makeRoomFor(0);
            return entry;
        }
        misses++;
        byte[] bytes = stored.value();
        return bytes == null ? null : put(key, codec.decode(bytes), false);
    }

    /** The series of the backend's current key is held from now on; whatever had to leave for it is written back. */
    Entry create(SeriesKey key) throws IOException {
        return put(key, new SeriesState(), true);
    }

    /** The backend holds what the cache holds. The backend's current key is as before. */
    void writeBack() throws IOException {
        SeriesKey current = backend.getCurrentKey();
        for (Map.Entry<SeriesKey, Entry> cached : entries.entrySet()) {
            write(cached.getKey(), cached.getValue());
        }
        restore(current);
    }

    /** Nothing is held any more; what was not written back is forgotten. */
    void clear() {
        bytes = 0;
        entries.clear();
    }

    long hits() {
        return hits;
    }

    long misses() {
        return misses;
    }

    long evictions() {
        return evictions;
    }

    private Entry put(SeriesKey key, SeriesState series, boolean fresh) throws IOException {
        makeRoomFor(1);
        Entry entry = new Entry(series, fresh);
        weigh(entry);
        entries.put(key, entry);
        return entry;
    }

    /** What the series took when it was last asked for is what it counts; it has grown since by one reading at most. */
    private void weigh(Entry entry) {
        long now = entry.series.heapBytes();
        bytes += now - entry.bytes;
        entry.bytes = now;
    }

    /** The series asked for last is the youngest, so it is never the one to go. */
    private void makeRoomFor(int more) throws IOException {
        while (entries.size() + more > 1 && (entries.size() + more > capacity || bytes > capacityBytes)) {
            evictOldest();
        }
    }

    private void evictOldest() throws IOException {
        evictions++;
        SeriesKey current = backend.getCurrentKey();
        Iterator<Map.Entry<SeriesKey, Entry>> oldest = entries.entrySet().iterator();
        Map.Entry<SeriesKey, Entry> evicted = oldest.next();
        write(evicted.getKey(), evicted.getValue());
        bytes -= evicted.getValue().bytes;
        oldest.remove();
        restore(current);
    }

    private void write(SeriesKey key, Entry entry) throws IOException {
        if (entry.dirty) {
            backend.setCurrentKey(key);
            stored.update(codec.encode(entry.series));
            entry.dirty = false;
        }
    }

    private void restore(SeriesKey current) {
        if (current != null) {
            backend.setCurrentKey(current);
        }
    }

    /** One series in the cache. */
    static final class Entry {
        final SeriesState series;

        private long bytes;
        /** Whether the series was handed out for change. */
        boolean dirty;

        Entry(SeriesState series, boolean fresh) {
            this.series = series;
            this.dirty = fresh;
        }
    }
}
