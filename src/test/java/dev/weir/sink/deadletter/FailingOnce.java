package dev.weir.sink.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.core.model.DeadLetter;
import dev.weir.core.model.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.api.common.functions.MapFunction;

/** Fails on the value "fail" unless it has done so before: it leaves a file behind. */
record FailingOnce(String file) implements MapFunction<Event, DeadLetter> {
    @Override
    public DeadLetter map(Event event) {
        if (new String(event.value(), UTF_8).equals("fail")) {
            try {
                Files.createFile(Path.of(file));
                throw new IllegalStateException("on purpose");
            } catch (FileAlreadyExistsException e) {
                return DeadLetterJobs.rejected(event);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return DeadLetterJobs.rejected(event);
    }
}
