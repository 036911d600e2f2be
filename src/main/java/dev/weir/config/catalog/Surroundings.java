package dev.weir.config.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a catalog is checked against.
 *
 * @param disorder {@code weir.time.disorder}, the least lateness of a metric; null if it is not known
 * @param lateness {@code weir.time.lateness}; null if it is not known
 * @param topics {@code weir.kafka.topics}; empty if they are not known or described by a pattern
 * @param topicPattern {@code weir.kafka.topic-pattern}, a valid one; null for none
 * @param files those that the catalog names
 */
public record Surroundings(
        Duration disorder, Duration lateness, List<String> topics, String topicPattern, SiblingFiles files) {

    /** Returns the surroundings of a file whose topics are not known. */
    public static Surroundings of(String file, Duration disorder) {
        return new Surroundings(disorder, null, List.of(), null, name -> readBeside(file, name));
    }

    private static String readBeside(String file, String name) throws IOException {
        Path path = Path.of(file).resolveSibling(name);
        try {
            return Files.readString(path);
        } catch (NoSuchFileException e) {
            throw new IOException(path + " does not exist", e);
        }
    }
}
