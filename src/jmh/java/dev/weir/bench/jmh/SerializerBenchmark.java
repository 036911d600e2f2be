package dev.weir.bench.jmh;

import dev.weir.core.model.Aggregate;
import dev.weir.core.model.Reading;
import dev.weir.flink.WeirTypes;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Serializes and deserializes the types that cross the exchange, with Weir's serializers and with those that Flink makes
 * for plain objects with the same fields.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class SerializerBenchmark {
    private static final int ROWS = 4096;

    @Param({"weirReading", "pojoReading", "weirAggregate", "pojoAggregate"})
    private String type;

    private List<Object> rows;
    private TypeSerializer<Object> serializer;
    private byte[] bytes;
    private final DataOutputSerializer out = new DataOutputSerializer(1 << 20);

    @Setup
    public void setUp() throws IOException {
        Reading[] readings = Fleet.readings(ROWS);
        Aggregate[] aggregates = Fleet.aggregates(ROWS);
        switch (type) {
            case "weirReading" -> use(WeirTypes.READING, List.of(readings));
            case "pojoReading" ->
                use(
                        TypeInformation.of(ReadingPojo.class),
                        Arrays.stream(readings).map(ReadingPojo::of).toList());
            case "weirAggregate" -> use(WeirTypes.AGGREGATE, List.of(aggregates));
            case "pojoAggregate" ->
                use(
                        TypeInformation.of(AggregatePojo.class),
                        Arrays.stream(aggregates).map(AggregatePojo::of).toList());
            default -> throw new IllegalArgumentException(type);
        }
        serialize();
        bytes = out.getCopyOfBuffer();
        System.out.println("# " + bytes.length / ROWS + " bytes each");
    }

    @SuppressWarnings("unchecked")
    private <T> void use(TypeInformation<T> information, List<T> values) {
        serializer = (TypeSerializer<Object>) information.createSerializer(new SerializerConfigImpl());
        rows = List.copyOf(values);
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public int serialize() throws IOException {
        out.clear();
        for (Object row : rows) {
            serializer.serialize(row, out);
        }
        return out.length();
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public void deserialize(Blackhole blackhole) throws IOException {
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        while (in.available() > 0) {
            blackhole.consume(serializer.deserialize(in));
        }
    }
}
