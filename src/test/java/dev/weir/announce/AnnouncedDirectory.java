package dev.weir.announce;

import dev.weir.config.ConfigLoader;
import dev.weir.config.WeirConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;

/** A directory with files, and the configuration of a pipeline that reads them from the topic {@code file-events}. */
public record AnnouncedDirectory(Path directory) {
    /** Creates the configuration below {@code conf}; the files are below {@code in}. */
    public static AnnouncedDirectory in(Path directory, String servers) throws IOException {
        AnnouncedDirectory made = new AnnouncedDirectory(directory);
        Files.createDirectories(made.conf());
        Files.createDirectories(directory.resolve("in"));
        Files.writeString(
                made.conf().resolve("config.yaml"),
                """
                weir.pipeline: plant
                weir.kafka.bootstrap-servers: %s
                weir.kafka.topics: [file-events, plain]
                weir.dead-letter.topic: plant-dlq
                weir.lake.path: file://%s/lake
                execution.checkpointing.interval: 10 s
                """
                        .formatted(servers, directory));
        Files.writeString(
                made.conf().resolve("catalog.yaml"),
                """
                version: 2
                inputs:
                  - topics: [file-events]
                    files: {announcement: paths, allow: ["%s"]}
                    format: csv
                    csv: {header: first-line}
                    fields: {sensor-id: id, event-time: t}
                    readings: {temperature: temp}
                  - format: json
                    fields: {sensor-id: id, event-time: t, metric: m, value: v}
                metrics: {temperature: {unit: Cel}}
                """
                        .formatted(made.uri()));
        return made;
    }

    public Path conf() {
        return directory.resolve("conf");
    }

    /** Returns the URI of the files' directory. */
    public String uri() {
        return "file://" + directory.toAbsolutePath() + "/in";
    }

    public String uri(String name) {
        return uri() + '/' + name;
    }

    /** Writes a file of as many bytes, modified so many seconds after the epoch. */
    public void write(String name, int bytes, long modified) throws IOException {
        Path file = directory.resolve("in").resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[bytes]);
        Files.setLastModifiedTime(file, FileTime.fromMillis(modified * 1000));
    }

    public WeirConfig config() {
        return new ConfigLoader().load(conf(), Map.of()).config();
    }
}
