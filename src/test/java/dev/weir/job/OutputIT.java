package dev.weir.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.config.WeirConfig;
import dev.weir.core.model.Event;
import dev.weir.core.model.Origin;
import dev.weir.core.model.Reading;
import dev.weir.doctor.Area;
import dev.weir.doctor.Finding;
import dev.weir.flink.WeirTypes;
import dev.weir.generation.Fence;
import dev.weir.generation.Position;
import dev.weir.generation.Run;
import dev.weir.output.Output;
import dev.weir.output.Results;
import dev.weir.testing.generate.TestConfigs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job with an output that only a test has: how little one needs. */
class OutputIT {
    private static final int EVENTS = 5;
    private static final long FIRST_MILLIS = 1_750_000_000_000L;

    /** Everything that an output needs; a fence only because files, say, would need one. */
    private record WrittenTo(String file, Fence fence) implements Output {

        @Override
        public void attach(Results results) {
            String written = file;
            results.readings()
                    .map(reading -> append(written, reading))
                    .returns(Types.DOUBLE)
                    .uid("written")
                    .sinkTo(new DiscardingSink<>())
                    .uid("written-end");
        }

        @Override
        public Area area() {
            return examination -> examination.check("written", () -> Finding.ok("is there"));
        }
    }

    /** A fence is a file here. */
    private record NotedIn(String file) implements Fence {

        @Override
        public Position read() {
            return Position.NONE;
        }

        @Override
        public void raise(Position position) throws IOException {
            Files.writeString(Path.of(file), position.toString());
        }

        @Override
        public String place() {
            return file;
        }
    }

    @Test
    void anOutputOfAFewLinesGetsItsRowsAndItsFence(@TempDir Path directory) throws Exception {
        WeirConfig config = TestConfigs.longJson();
        Path written = directory.resolve("readings");
        Path noted = directory.resolve("fence");
        List<Output> outputs = List.of(new WrittenTo(written.toString(), new NotedIn(noted.toString())));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
        env.setParallelism(1);
        env.enableCheckpointing(100);
        Pipeline.build(
                env,
                new DataGeneratorSource<>(OutputIT::event, EVENTS, WeirTypes.EVENT),
                outputs,
                new Run("run", config, Output.fenceOf(outputs)),
                Pipeline.STRAIGHT);

        try (MiniCluster cluster = new MiniCluster(
                new MiniClusterConfiguration.Builder().withRandomPorts().build())) {
            cluster.start();
            cluster.executeJobBlocking(env.getStreamGraph().getJobGraph());
        }

        assertThat(written).content().isEqualTo("0.0\n1.0\n2.0\n3.0\n4.0\n");
        // The last checkpoint of a bounded job completes before it ends, and the books note it.
        assertThat(noted).content().startsWith("generation 1, checkpoint ");
    }

    @Test
    void onlyOneOutputOfAJobMayHaveAFence() {
        Output none = new WrittenTo("a", Fence.NONE);
        Output one = new WrittenTo("a", new NotedIn("a"));
        assertThat(Output.fenceOf(List.of(none))).isSameAs(Fence.NONE);
        assertThat(Output.fenceOf(List.of(none, one))).isEqualTo(new NotedIn("a"));
        assertThatThrownBy(() -> Output.fenceOf(List.of(one, new WrittenTo("b", new NotedIn("b")))))
                .hasMessageContaining("at most one output may have a fence");
    }

    private static double append(String file, Reading reading) throws IOException {
        Files.writeString(Path.of(file), reading.value() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return reading.value();
    }

    private static Event event(long i) {
        String text = "{\"sensor_id\": \"s\", \"event_time\": " + (FIRST_MILLIS + 1000 * i)
                + ", \"metric\": \"temperature\", \"value\": " + i + "}";
        return new Event(new Origin("t", 0, i, FIRST_MILLIS + 1000 * i), null, text.getBytes(StandardCharsets.UTF_8));
    }
}
