package dev.weir.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The warnings and errors of the processes' logs, which are lines of JSON, each kind with its number. */
final class LogSummary {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int KINDS = 15;
    private static final int SHOWN = 160;

    private LogSummary() {}

    /** Of every {@code *.out} in the directory. */
    static String of(Path directory) throws IOException {
        StringBuilder text = new StringBuilder("logs in " + directory + ":\n");
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> logs = files.filter(file ->
                            file.toString().endsWith("r.out") || file.toString().matches(".*-\\d+\\.out"))
                    .filter(file -> !file.getFileName().toString().startsWith("cli"))
                    .sorted()
                    .toList();
            for (Path log : logs) {
                text.append(log.getFileName()).append('\n').append(kinds(log));
            }
        }
        return text.toString();
    }

    private static String kinds(Path log) throws IOException {
        Map<String, Integer> kinds = new TreeMap<>();
        try (Stream<String> lines = Files.lines(log)) {
            lines.map(LogSummary::kind)
                    .filter(kind -> !kind.isEmpty())
                    .forEach(kind -> kinds.merge(kind, 1, Integer::sum));
        }
        return kinds.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
                .limit(KINDS)
                .map(kind -> String.format("  %5d  %s%n", kind.getValue(), kind.getKey()))
                .collect(Collectors.joining());
    }

    /** Level, logger, message without what differs from time to time, and the exception's first line; empty below WARN. */
    private static String kind(String line) {
        try {
            JsonNode json = JSON.readTree(line);
            String level = json.path("level").asText();
            if (!level.equals("WARN") && !level.equals("ERROR")) {
                return "";
            }
            String exception =
                    json.path("exception").asText().lines().findFirst().orElse("");
            String logger = json.path("logger").asText();
            String text = level + " " + logger.substring(logger.lastIndexOf('.') + 1) + ": "
                    + json.path("message").asText() + " " + exception;
            String kind =
                    text.replaceAll("[0-9a-f]{8,}", "#").replaceAll("\\d+", "#").replace('\n', ' ');
            return kind.substring(0, Math.min(SHOWN, kind.length()));
        } catch (JsonProcessingException e) {
            return "";
        }
    }
}
