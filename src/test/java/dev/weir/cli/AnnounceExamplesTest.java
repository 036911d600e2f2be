package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.announce.AnnouncedDirectory;
import dev.weir.config.ConfigLoader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that the documentation and the DAG for Airflow give people to copy do what is said there. */
class AnnounceExamplesTest {
    private static final Path DAG = Path.of("examples/airflow/weir_announce.py");
    private static final Path PAGE = Path.of("docs/files.md");
    private static final Pattern LINE = Pattern.compile("(?m)weir-local\\.jar (announce .*)$");
    private static final Pattern CRON_JOB = Pattern.compile("command: \\[.*weir-local\\.jar, (announce, .*)]");
    /** Two texts that Python joins. */
    private static final Pattern PYTHON = Pattern.compile("weir-local\\.jar (announce .*)\"\\s*\"(.*)\"");
    /** A word of a shell, in single quotes or not. */
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    @TempDir
    Path temp;

    @Test
    void theCommandsOfThePageAnnounceEachSensorsFiles() throws IOException {
        String page = Files.readString(PAGE);
        List<List<String>> commands = new ArrayList<>();
        LINE.matcher(page).results().forEach(match -> commands.add(words(match.group(1))));
        CRON_JOB.matcher(page)
                .results()
                .forEach(match ->
                        commands.add(List.of(match.group(1).replace("\"", "").split(", "))));
        assertThat(commands).hasSize(4);
        AnnouncedDirectory directory = directory("2025/kiln-1/a.csv.gz");
        for (List<String> command : commands) {
            assertAnnounces(directory, command, "2025/kiln-1/a.csv.gz");
        }
    }

    @Test
    void theCommandOfTheDagAnnouncesTheFilesOfADay() throws IOException {
        MatchResult command =
                PYTHON.matcher(Files.readString(DAG)).results().findFirst().orElseThrow();
        String joined = (command.group(1) + command.group(2)).replace("{day}", "2026-03-01");
        AnnouncedDirectory directory = directory("2026-03-01/kiln-1/a.csv.gz");
        directory.write("2026-03-02/kiln-1/b.csv.gz", 5, 100);

        assertAnnounces(directory, words(joined), "2026-03-01/kiln-1/a.csv.gz");
    }

    @Test
    void theDagIsPython() throws Exception {
        assumeTrue(hasPython(), "no python3 here");
        assertThat(python("import sys; compile(open(sys.argv[1]).read(), sys.argv[1], 'exec')", DAG.toString()))
                .isZero();
    }

    private static boolean hasPython() throws InterruptedException {
        try {
            return python("pass") == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static int python(String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("python3", "-c", program));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }

    private AnnouncedDirectory directory(String file) throws IOException {
        AnnouncedDirectory directory = AnnouncedDirectory.in(temp, "127.0.0.1:1");
        directory.write(file, 5, 100);
        return directory;
    }

    /** Runs the command on other files, and without what needs a database and a broker. */
    private static void assertAnnounces(AnnouncedDirectory directory, List<String> command, String file) {
        List<String> arguments = new ArrayList<>();
        for (String word : command) {
            if (!word.equals("--missing") && !word.equals("--dry-run")) {
                arguments.add(word.replace("/etc/weir", directory.conf().toString())
                        .replace("s3://plant-raw", directory.uri()));
            }
        }
        arguments.add("--dry-run");
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Weir.commandLine(new ConfigLoader(), (config, flink, choices) -> 0)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
        assertThat(code).as(err.toString()).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "kiln-1\t5\t" + directory.uri(file), "would announce 1 files of 5 bytes on file-events");
    }

    private static List<String> words(String line) {
        return WORD.matcher(line)
                .results()
                .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
                .toList();
    }
}
