package dev.weir.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs one task in a JVM of its own. */
final class ContenderProcess {
    private static final long WITHIN_MINUTES = 60;

    private final BenchOptions options;

    ContenderProcess(BenchOptions options) {
        this.options = options;
    }

    /** @param run names the log and the recording, e.g. {@code weir-2} */
    Measured run(Task task, String run) throws IOException, InterruptedException {
        task.write();
        Path output = options.directory().resolve(run + ".out");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FlinkSettings.jvm());
        command.add("-Duser.timezone=UTC");
        command.add(
                "-Djava.io.tmpdir=" + Files.createDirectories(task.directory().resolve("tmp")));
        command.add("-Dlog4j2.configurationFile=bench/log4j2.properties");
        command.add("-Dweir.bench.log=" + options.directory().resolve(run + ".log"));
        if (options.profile()) {
            command.addAll(List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:+DebugNonSafepoints"));
            command.add("-XX:StartFlightRecording=settings=profile,dumponexit=true,filename=" + recording(run));
        }
        command.addAll(List.of(
                "-cp",
                classPath(task.name()),
                Contenders.class.getName(),
                task.directory().toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        Thread atExit = new Thread(process::destroyForcibly, "contender-end");
        Runtime.getRuntime().addShutdownHook(atExit);
        boolean ended = process.waitFor(WITHIN_MINUTES, TimeUnit.MINUTES);
        process.destroyForcibly().waitFor();
        Runtime.getRuntime().removeShutdownHook(atExit);
        if (!ended || process.exitValue() != 0) {
            throw new IllegalStateException(run + " failed:\n" + Files.readString(output));
        }
        return Measured.read(task.result());
    }

    /** Avro's Parquet writer wants a Hadoop, which must not be in sight of Weir: the one in Flink's file system for S3. */
    private static String classPath(String contender) throws IOException {
        String own = System.getProperty("java.class.path");
        if (!contender.startsWith(Contenders.PLAIN)) {
            return own;
        }
        Stream<String> without = Arrays.stream(own.split(Pattern.quote(File.pathSeparator), -1))
                .filter(jar -> !Path.of(jar).getFileName().toString().startsWith("hadoop-common"));
        try (Stream<Path> processes = Files.list(Path.of("target", "processes"))) {
            Path hadoop = processes
                    .filter(jar -> jar.getFileName().toString().startsWith("flink-s3-fs-hadoop"))
                    .findFirst()
                    .orElseThrow();
            return Stream.concat(without, Stream.of(hadoop.toString())).collect(Collectors.joining(File.pathSeparator));
        }
    }

    Path recording(String run) {
        return options.directory().resolve(run + ".jfr");
    }
}
