package dev.weir.core;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a fuzzer found once stays found; and what it begins with is fine. */
class DecoderFuzzTest {
    /** One file an input, as Jazzer wrote it; its name says what went wrong. */
    private static final Path FOUND = Path.of("src/test/resources/fuzz");

    static Stream<Path> found() throws IOException {
        try (Stream<Path> files = Files.list(FOUND)) {
            return files.filter(file -> !file.endsWith("README.md")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("found")
    void judgesWhatWasFound(Path input) {
        assertThatCode(() -> DecoderFuzz.fuzzerTestOneInput(Files.readAllBytes(input)))
                .doesNotThrowAnyException();
    }

    @Test
    void judgesWhatTheFuzzerBeginsWith(@TempDir Path corpus) throws IOException {
        DecoderFuzz.writeCorpus(corpus, 1, 100);
        try (Stream<Path> inputs = Files.list(corpus)) {
            for (Path input : inputs.sorted().toList()) {
                byte[] bytes = Files.readAllBytes(input);
                assertThatCode(() -> DecoderFuzz.fuzzerTestOneInput(bytes))
                        .as("%s", input.getFileName())
                        .doesNotThrowAnyException();
            }
        }
    }
}
