package dev.weir.core.decode;

import dev.weir.core.catalog.Avro;
import dev.weir.core.catalog.Input;
import dev.weir.core.model.FileHead;

/** Reads the mapped fields of an event. Keeps buffers, so one instance serves one thread. */
public interface Decoder {

    /** Limit of object fields or columns; more make an event malformed. */
    int MAX_FIELDS = 10_000;

    /**
     * Fills the items, which are clear before, with every mapped field that the event has. There are three outcomes: the
     * items are filled, the event is malformed, or it is not known yet which.
     *
     * @param file what the file says of all its rows, the same object for each row of it; null if the event is no row of a file
     * @throws MalformedEventException if the bytes are no event of this format; the event is rejected
     * @throws NotNowException if something that the format needs is away. The caller waits, clears the items and asks for
     *     the same event again, so a decoder must not keep half of it
     */
    void decode(byte[] value, FileHead file, Items items) throws MalformedEventException;

    /**
     * Creates the decoder of the input's format: the {@link DecoderFactory} of all formats that need nothing outside.
     *
     * @throws UnsupportedOperationException for a format that does
     */
    static Decoder of(Input input, Layout layout) {
        return switch (input.format()) {
            case JSON -> new JsonDecoder(layout);
            case CSV -> new CsvDecoder(input.csv(), layout);
            case AVRO -> {
                Avro avro = input.payload().avro();
                if (avro == null) {
                    yield new AvroDecoder(layout, (String) null);
                }
                if (avro.schema() == null) {
                    throw new UnsupportedOperationException("avro.registry needs a client");
                }
                yield new AvroDecoder(layout, avro.schema());
            }
            case SENML -> new SenmlDecoder(layout);
            case PARQUET -> new AvroDecoder(layout, (String) null);
        };
    }
}
