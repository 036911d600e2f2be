package dev.weir.core;

import dev.weir.testing.generate.FuzzSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Jazzer's way into the decoders. The first byte of an input chooses the catalog, by its place in {@link FuzzSource#all}; the rest is
 * the event ({@link Envelope}).
 */
public final class DecoderFuzz {
    private static final List<EventCheck> CHECKS = FuzzSource.all(0, 1).stream()
            .map(source -> new EventCheck(source.config()))
            .toList();

    private DecoderFuzz() {}

    /** Called by Jazzer, by its name; returns if all is well. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length > 0) {
            int catalog = Byte.toUnsignedInt(input[0]) % CHECKS.size();
            CHECKS.get(catalog).check(Arrays.copyOfRange(input, 1, input.length));
        }
    }

    /** Inputs to begin with, as files: of each catalog its first events, but for the giants. */
    static void writeCorpus(Path directory, long seed, int eventsEach) throws IOException {
        List<FuzzSource> sources = FuzzSource.all(seed, eventsEach);
        for (int catalog = 0; catalog < sources.size(); catalog++) {
            Envelope envelope = new Envelope(sources.get(catalog).config());
            int number = 0;
            for (var event : sources.get(catalog).events()) {
                if (event.value() != null && event.value().length < 1_000) {
                    byte[] wrapped = envelope.of(event);
                    byte[] input = new byte[wrapped.length + 1];
                    input[0] = (byte) catalog;
                    System.arraycopy(wrapped, 0, input, 1, wrapped.length);
                    Files.write(directory.resolve(sources.get(catalog).name() + "-" + number++), input);
                }
            }
        }
    }
}
