package dev.weir.core.decode;

import dev.weir.core.catalog.Input;

/** Reads the mapped fields of one event's bytes. Keeps buffers, so one instance serves one thread. */
public interface Decoder {

    /** More object fields or columns than this make an event malformed. */
    int MAX_FIELDS = 10_000;

    /** {@code cells}, empty before, hold every mapped field that the event has. Throws if the bytes are no event of this format. */
    void decode(byte[] value, Cells cells) throws MalformedEventException;

    /** The decoder of the input's format. */
    static Decoder of(Input input, Layout layout) {
        return switch (input.format()) {
            case JSON -> new JsonDecoder(layout);
            case CSV -> new CsvDecoder(input.csv(), layout);
        };
    }
}
