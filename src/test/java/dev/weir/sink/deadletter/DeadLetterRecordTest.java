package dev.weir.sink.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.typeutils.runtime.PojoSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.Test;

class DeadLetterRecordTest {

    @Test
    void crossesOperatorsWithoutKryo() {
        PojoTestUtils.assertSerializedAsPojoWithoutKryo(DeadLetterRecord.class);
    }

    @Test
    void countsTheBytesOfKeyValueAndHeaders() {
        String[] names = {"abc", "d"};
        byte[][] values = {{1}, {2, 3}};
        assertThat(new DeadLetterRecord(new byte[10], new byte[100], names, values).bytes())
                .isEqualTo(10 + 100 + 3 + 1 + 1 + 2);
        assertThat(new DeadLetterRecord(null, null, names, values).bytes()).isEqualTo(7);
    }

    @Test
    void isTheSameAfterTheWireAndAfterACopy() throws IOException {
        DeadLetterRecord record = new DeadLetterRecord(
                null, new byte[] {1, 2}, new String[] {"a", "a", "b"}, new byte[][] {{3}, {}, {4, 5}});
        TypeSerializer<DeadLetterRecord> serializer =
                TypeInformation.of(DeadLetterRecord.class).createSerializer(new SerializerConfigImpl());
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(record, out);

        assertThat(serializer).isInstanceOf(PojoSerializer.class);
        assertThat(serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer())))
                .usingRecursiveComparison()
                .isEqualTo(record);
        assertThat(serializer.copy(record)).usingRecursiveComparison().isEqualTo(record);
    }
}
