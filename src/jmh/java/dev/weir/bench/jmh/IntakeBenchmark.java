package dev.weir.bench.jmh;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.core.check.Intake;
import dev.weir.core.decode.Decoder;
import dev.weir.core.model.Event;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** From an event's bytes to a checked reading, beside the least that a JSON parser does and beside its tree. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class IntakeBenchmark {
    private static final int EVENTS = 8192;

    private Event[] events;
    private Intake intake;
    private JsonFactory factory;
    private ObjectMapper mapper;

    @Setup
    public void setUp() {
        events = Fleet.events(EVENTS);
        intake = new Intake(Fleet.catalog(), 0, 300_000_000L, Decoder::of);
        factory = new JsonFactory();
        mapper = new ObjectMapper();
    }

    /** Decode and all checks that need no history. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void intake(Blackhole blackhole) {
        for (Event event : events) {
            blackhole.consume(intake.process(event).readings().size());
        }
    }

    /** Jackson, every token, no value. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void jacksonTokens(Blackhole blackhole) throws IOException {
        for (Event event : events) {
            try (JsonParser parser = factory.createParser(event.value())) {
                while (parser.nextToken() != null) {
                    blackhole.consume(parser.currentTokenId());
                }
            } catch (JsonProcessingException cutOff) {
                blackhole.consume(cutOff);
            }
        }
    }

    /** Jackson, a tree, and from it the six fields; no check. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void jacksonTree(Blackhole blackhole) throws IOException {
        for (Event event : events) {
            try {
                JsonNode tree = mapper.readTree(event.value());
                blackhole.consume(tree.path("sensor_id").asText());
                blackhole.consume(tree.path("metric").asText());
                blackhole.consume(tree.path("event_time").asLong());
                blackhole.consume(tree.path("value").asDouble());
                blackhole.consume(tree.path("unit").asText());
                blackhole.consume(tree.path("site").asText());
            } catch (JsonProcessingException cutOff) {
                blackhole.consume(cutOff);
            }
        }
    }
}
