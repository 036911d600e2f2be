package dev.weir.bench;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * What one run of a contender is given; crosses to its process as a file.
 *
 * @param name the contender
 * @param catalog for Weir
 * @param untilMillis 0: to the end of the topic; else the job does not end by itself, and is cancelled then (epoch milliseconds)
 * @param extra options in place of those of every run
 * @param directory of this run alone: lake, checkpoints, temporary files
 * @param postgresUrl of a database that nobody else has
 */
record Task(
        String name,
        String catalog,
        long events,
        String bootstrapServers,
        String topic,
        String deadLetterTopic,
        String postgresUrl,
        String postgresUser,
        String postgresPassword,
        Path directory,
        Map<String, String> extra,
        long untilMillis) {

    static final int THREADS = 2;

    private static final String EXTRA = "extra.";

    Path lake() {
        return directory.resolve("lake");
    }

    /** Directory of the task that the same process runs before, if there is one. */
    Path warmup() {
        return directory.resolve("warmup");
    }

    Path file() {
        return directory.resolve("task.properties");
    }

    Path result() {
        return directory.resolve("result.properties");
    }

    void write() throws IOException {
        Properties p = new Properties();
        p.setProperty("name", name);
        p.setProperty("catalog", catalog);
        p.setProperty("untilMillis", Long.toString(untilMillis));
        p.setProperty("events", Long.toString(events));
        p.setProperty("bootstrapServers", bootstrapServers);
        p.setProperty("topic", topic);
        p.setProperty("deadLetterTopic", deadLetterTopic);
        p.setProperty("postgresUrl", postgresUrl);
        p.setProperty("postgresUser", postgresUser);
        p.setProperty("postgresPassword", postgresPassword);
        extra.forEach((key, value) -> p.setProperty(EXTRA + key, value));
        try (Writer out = Files.newBufferedWriter(file())) {
            p.store(out, null);
        }
    }

    static Task read(Path directory) throws IOException {
        Properties p = new Properties();
        try (Reader in = Files.newBufferedReader(directory.resolve("task.properties"))) {
            p.load(in);
        }
        Map<String, String> extra = new TreeMap<>();
        for (String key : p.stringPropertyNames()) {
            if (key.startsWith(EXTRA)) {
                extra.put(key.substring(EXTRA.length()), p.getProperty(key));
            }
        }
        return new Task(
                p.getProperty("name"),
                p.getProperty("catalog"),
                Long.parseLong(p.getProperty("events")),
                p.getProperty("bootstrapServers"),
                p.getProperty("topic"),
                p.getProperty("deadLetterTopic"),
                p.getProperty("postgresUrl"),
                p.getProperty("postgresUser"),
                p.getProperty("postgresPassword"),
                directory,
                extra,
                Long.parseLong(p.getProperty("untilMillis")));
    }
}
