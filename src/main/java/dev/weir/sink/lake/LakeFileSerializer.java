package dev.weir.sink.lake;

import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Serializes a {@link LakeFile} for checkpoints. A change needs a new version, and the old one stays readable. */
final class LakeFileSerializer implements SimpleVersionedSerializer<LakeFile> {
    static final LakeFileSerializer INSTANCE = new LakeFileSerializer();
    private static final int VERSION = 1;

    private LakeFileSerializer() {}

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(LakeFile file) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        out.writeUTF(file.path());
        out.writeInt(file.recoverableVersion());
        out.writeInt(file.recoverable().length);
        out.write(file.recoverable());
        out.writeLong(file.rows());
        out.writeLong(file.bytes());
        return out.getCopyOfBuffer();
    }

    @Override
    public LakeFile deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION) {
            throw new IOException("lake file in the checkpoint has version " + version + ", this Weir reads " + VERSION
                    + ": start with the Weir that wrote the checkpoint, or a newer one");
        }
        DataInputDeserializer in = new DataInputDeserializer(serialized);
        String path = in.readUTF();
        int recoverableVersion = in.readInt();
        byte[] recoverable = new byte[in.readInt()];
        in.readFully(recoverable);
        return new LakeFile(path, recoverableVersion, recoverable, in.readLong(), in.readLong());
    }
}
