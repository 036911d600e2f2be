package dev.weir.testing.generate;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Writes Avro bodies with Avro's own library, plain and in the wire formats of schema registries. */
public final class AvroBodies {
    private AvroBodies() {}

    /** The value's body, without anything in front. */
    public static byte[] plain(Schema schema, Object value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            new GenericDatumWriter<>(schema).write(value, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** A zero byte, the id in 4 bytes, the body. */
    public static byte[] framed(int id, byte[] body) {
        return ByteBuffer.allocate(5 + body.length)
                .put((byte) 0)
                .putInt(id)
                .put(body)
                .array();
    }

    /** A zero byte, the id in 8 bytes, the body: Apicurio's older form. */
    public static byte[] framedLong(long id, byte[] body) {
        return ByteBuffer.allocate(9 + body.length)
                .put((byte) 0)
                .putLong(id)
                .put(body)
                .array();
    }
}
