package dev.weir.doctor;

import dev.weir.cli.Weir;
import dev.weir.config.ConfigLoader;
import dev.weir.testing.pipeline.SampleFeed;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One call of {@code doctor}, as its user sees it: what it ended with, and what it wrote on both streams. */
public record DoctorVisit(int exitCode, String output) {

    /** @param directory gets an empty {@code config.yaml}: the options are all there are */
    public static DoctorVisit of(Map<String, String> options, Path directory) {
        StringWriter output = new StringWriter();
        PrintWriter writer = new PrintWriter(output, true);
        List<String> arguments = new ArrayList<>(List.of("doctor", "--conf-dir", directory.toString()));
        arguments.addAll(SampleFeed.arguments(options));
        try {
            Files.writeString(directory.resolve("config.yaml"), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int exitCode = Weir.commandLine(new ConfigLoader(), (config, flink, choices) -> 2)
                .setOut(writer)
                .setErr(writer)
                .execute(arguments.toArray(String[]::new));
        return new DoctorVisit(exitCode, output.toString());
    }

    public List<String> lines() {
        return output.lines().toList();
    }

    /** The line of one check. */
    public String line(String name) {
        return lines().stream()
                .filter(line -> line.matches("(ok|warn|FAIL|skip) +" + name + "  .*"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line of " + name + " in\n" + output));
    }
}
