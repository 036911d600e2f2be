package dev.weir.books;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * The bytes of a file in the state {@code files} of the books (docs/state.md): a byte with the version, a byte with the kind, and the
 * fields in the order of the record. Texts are in Java's modified UTF-8 with a length of two bytes.
 */
final class FileFormat {
    static final int VERSION = 1;
    private static final int OPEN = 0;
    private static final int FINISHED = 1;

    private final DataOutputSerializer out = new DataOutputSerializer(256);

    byte[] bytes(OpenFile file) throws IOException {
        begin(OPEN);
        out.writeUTF(file.topic());
        out.writeInt(file.partition());
        out.writeLong(file.offset());
        out.writeLong(file.rows());
        out.writeLong(file.rowsRejected());
        return out.getCopyOfBuffer();
    }

    byte[] bytes(FinishedFile file) throws IOException {
        begin(FINISHED);
        out.writeUTF(file.uri());
        out.writeUTF(file.version());
        out.writeBoolean(file.read());
        out.writeLong(file.bytes());
        out.writeLong(file.rows());
        out.writeLong(file.rowsRejected());
        out.writeUTF(file.detail());
        out.writeLong(file.announcedMillis());
        out.writeLong(file.readMillis());
        return out.getCopyOfBuffer();
    }

    private void begin(int kind) throws IOException {
        out.clear();
        out.writeByte(VERSION);
        out.writeByte(kind);
    }

    /** Returns an {@link OpenFile} or a {@link FinishedFile}. */
    static Object read(byte[] bytes) throws IOException {
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        int version = in.readByte();
        if (version != VERSION) {
            throw new IOException("The state of the books has a file in format " + version + ", and this release reads "
                    + VERSION + ": start the release that wrote it, or a newer one");
        }
        return switch (in.readByte()) {
            case OPEN -> new OpenFile(in.readUTF(), in.readInt(), in.readLong(), in.readLong(), in.readLong());
            default ->
                new FinishedFile(
                        in.readUTF(),
                        in.readUTF(),
                        in.readBoolean(),
                        in.readLong(),
                        in.readLong(),
                        in.readLong(),
                        in.readUTF(),
                        in.readLong(),
                        in.readLong());
        };
    }
}
