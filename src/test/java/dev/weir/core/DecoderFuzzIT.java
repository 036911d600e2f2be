package dev.weir.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Jazzer on the decoders, for {@code weir.fuzz.minutes} or else some seconds with a fixed seed, with {@code
 * weir.fuzz.seed} or else another seed each time.
 *
 * <p>Its driver runs in a process of its own: its agent instruments classes as they are loaded, and here they are
 * loaded already.
 */
class DecoderFuzzIT {
    private static final Duration BRIEFLY = Duration.ofSeconds(30);
    /** In a build: some ten seconds. */
    private static final int RUNS = 100_000;

    private static final Duration START_AND_END = Duration.ofMinutes(3);
    /** No run on any machine has had so few; fewer mean that it did not get going. */
    private static final long FEWEST_INPUTS = 1_000;

    /** Jackson too, or nothing would lead into its branches; not the oracle, whose branches are no goal. */
    private static final String GUIDING =
            "dev.weir.core.check.**:dev.weir.core.decode.**:com.fasterxml.jackson.core.**";

    private static final Path FOUND = Path.of("target/fuzz");
    /** The last line, such as {@code #123456 DONE cov: 1234 ft: 5678 corp: 321/40Kb …}. */
    private static final Pattern DONE = Pattern.compile("#(\\d+)\\s+DONE\\s+cov: (\\d+)");

    @Test
    void findsNoInputThatTheDecodersJudgeWrongly(@TempDir Path corpus) throws Exception {
        long minutes = Long.getLong("weir.fuzz.minutes", 0);
        Duration length = minutes > 0 ? Duration.ofMinutes(minutes) : BRIEFLY;
        // A build says the same each time; a long run looks where none has looked before.
        long seed = Long.getLong("weir.fuzz.seed", minutes > 0 ? System.nanoTime() & 0x7FFF_FFFF : 1);
        DecoderFuzz.writeCorpus(corpus, seed, 50);
        Files.createDirectories(FOUND);

        Path log = FOUND.resolve("jazzer.log");
        List<String> command = command(corpus, length, seed);
        if (minutes == 0) {
            command.add("-runs=" + RUNS);
        }
        int exit = run(command, log, length.plus(START_AND_END));

        String text = Files.readString(log, StandardCharsets.UTF_8);
        assertThat(exit)
                .as(
                        "exit code of Jazzer with weir.fuzz.seed=%s; each crash-* in %s is an input: copy it to"
                                + " src/test/resources/fuzz and mend the decoder. %s",
                        seed, FOUND, text)
                .isZero();
        Matcher done = DONE.matcher(text);
        assertThat(done.find()).as("Jazzer came to its end: %s", text).isTrue();
        System.out.printf(
                "fuzz of the decoders: seed %d, %d s, %s inputs, coverage %s%n",
                seed, length.toSeconds(), done.group(1), done.group(2));
        assertThat(Long.parseLong(done.group(1))).as("inputs tried").isGreaterThan(FEWEST_INPUTS);
    }

    private static List<String> command(Path corpus, Duration length, long seed) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx768m", "-Duser.timezone=UTC"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add("com.code_intelligence.jazzer.Jazzer");
        command.add("--target_class=" + DecoderFuzz.class.getName());
        command.add("--instrumentation_includes=" + GUIDING);
        command.add("--custom_hook_includes=" + GUIDING);
        command.add("--reproducer_path=" + FOUND);
        command.add("-artifact_prefix=" + FOUND + "/");
        command.add("-max_total_time=" + length.toSeconds());
        command.add("-seed=" + seed);
        command.add("-max_len=2048");
        command.add("-timeout=60");
        // The heap has its bound above. libFuzzer reads ru_maxrss, which a process inherits from the JVM that spawned
        // it: behind a build's other tests it began above any limit.
        command.add("-rss_limit_mb=0");
        command.add("-print_final_stats=1");
        command.add(corpus.toString());
        return command;
    }

    private static int run(List<String> command, Path log, Duration within) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(within.toSeconds(), TimeUnit.SECONDS))
                    .as("Jazzer has ended within %s, see %s", within, log)
                    .isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }
}
