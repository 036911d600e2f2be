package dev.weir.sink.deadletter;

import static org.awaitility.Awaitility.await;

import dev.weir.core.model.DeadLetter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;

/** Lets records pass, and no checkpoint while its file is there. */
record Gate(String file) implements MapFunction<DeadLetter, DeadLetter>, CheckpointedFunction {

    static Gate in(Path directory) {
        return new Gate(directory.resolve("closed").toString());
    }

    void close() throws IOException {
        Files.createFile(Path.of(file));
    }

    void open() throws IOException {
        Files.delete(Path.of(file));
    }

    @Override
    public DeadLetter map(DeadLetter letter) {
        return letter;
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) {
        await().pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofMinutes(2))
                .until(() -> Files.notExists(Path.of(file)));
    }

    @Override
    public void initializeState(FunctionInitializationContext context) {}
}
