package dev.weir.core.decode;

import java.util.List;

/** Finds the records that stand one behind another in a block of an Avro file. Not thread-safe. */
public final class AvroRecords {
    private final AvroBytes in = new AvroBytes();
    private final AvroStep skip;

    /**
     * Creates the finder of one file.
     *
     * @param schema the file's schema, as JSON
     * @throws IllegalArgumentException if it is no Avro schema; the message says why
     */
    public AvroRecords(String schema) {
        skip = new AvroSkips().of(AvroSchemas.parse(List.of(schema)));
    }

    /**
     * Returns where the record ends that begins at {@code start}.
     *
     * @param block ends where the block ends
     * @throws MalformedEventException if there is no record of the schema
     */
    public int end(byte[] block, int start) throws MalformedEventException {
        in.begin(block, start);
        skip.read(in, null);
        return in.at();
    }
}
