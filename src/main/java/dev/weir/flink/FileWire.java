package dev.weir.flink;

import dev.weir.core.model.FileCount;
import dev.weir.core.model.FileOutcome;
import dev.weir.core.model.Reason;
import dev.weir.core.model.Reject;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Reads and writes what crosses between operators about announced files. */
final class FileWire {

    static void writeOutcome(FileOutcome outcome, DataOutputView out) throws IOException {
        Wire.writeText(outcome.kind().name(), out);
        Reject reject = outcome.reject();
        Wire.writeText(reject == null ? null : reject.reason().name(), out);
        Wire.writeText(reject == null ? null : reject.detail(), out);
        Wire.writeText(outcome.uri(), out);
        Wire.writeText(outcome.version(), out);
        out.writeLong(outcome.bytes());
        out.writeLong(outcome.rows());
        out.writeLong(outcome.readAtMillis());
    }

    static FileOutcome readOutcome(DataInputView in) throws IOException {
        FileOutcome.Kind kind = FileOutcome.Kind.valueOf(Wire.readText(in));
        String reason = Wire.readText(in);
        String detail = Wire.readText(in);
        return new FileOutcome(
                kind,
                reason == null ? null : new Reject(Reason.valueOf(reason), detail, null),
                Wire.readText(in),
                Wire.readText(in),
                in.readLong(),
                in.readLong(),
                in.readLong());
    }

    static void writeCount(FileCount count, DataOutputView out) throws IOException {
        Wire.writeText(count.topic(), out);
        out.writeInt(count.partition());
        out.writeLong(count.offset());
        out.writeLong(count.announcedMillis());
        out.writeLong(count.rows());
        out.writeLong(count.rowsRejected());
        out.writeBoolean(count.outcome() != null);
        if (count.outcome() != null) {
            writeOutcome(count.outcome(), out);
        }
    }

    static FileCount readCount(DataInputView in) throws IOException {
        return new FileCount(
                Wire.readText(in),
                in.readInt(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readBoolean() ? readOutcome(in) : null);
    }

    private FileWire() {}
}
