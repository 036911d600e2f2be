package dev.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.announce.AnnouncedDirectory;
import dev.weir.config.ConfigLoader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class AnnounceCommandTest {
    @TempDir
    Path temp;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private AnnouncedDirectory directory;

    @BeforeEach
    void files() throws IOException {
        // Nobody listens there.
        directory = AnnouncedDirectory.in(temp, "127.0.0.1:1");
        directory.write("kiln-1/b.csv", 20, 100);
        directory.write("kiln-1/a.csv", 1000, 200);
        directory.write("kiln-2/c.txt", 5, 300);
    }

    @Test
    void aDryRunPrintsAndNeedsNoKafka() {
        assertThat(execute("--path", directory.uri(), "--match", "*.csv", "--key", ".*/([^/]+)/[^/]+", "--dry-run"))
                .isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "kiln-1\t1000\t" + directory.uri("kiln-1/a.csv"),
                        "kiln-1\t20\t" + directory.uri("kiln-1/b.csv"),
                        "would announce 2 files of 1,020 bytes on file-events; 1 do not match");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void nothingToAnnounceIsNoFailure() {
        assertThat(execute("--path", directory.uri(), "--match", "*.json")).isZero();
        assertThat(out.toString().lines())
                .containsExactly("announced 0 files of 0 bytes on file-events; 3 do not match");
    }

    @Test
    void saysWhyNothingWasAnnounced() {
        assertThat(execute("--path", "file:///etc")).isEqualTo(1);
        assertThat(err.toString()).startsWith("nothing announced: --path file:///etc may not be read: not below");
        assertThat(execute("--path", directory.uri(), "--order", "size")).isEqualTo(1);
        assertThat(err.toString()).startsWith("--order must be name or modified, got size");
        assertThat(execute()).isEqualTo(1);
        assertThat(err.toString()).startsWith("Missing required option: '--path=<URI>'");
        assertThat(execute("--path", directory.uri(), "-Dweir.pipeline=a b")).isEqualTo(1);
        assertThat(err.toString()).contains("-Dweir.pipeline: ", "1 problem");
        assertThat(execute(
                        "--path",
                        directory.uri(),
                        "-Dweir.kafka.properties.default.api.timeout.ms=500",
                        "-Dweir.kafka.properties.request.timeout.ms=500"))
                .isEqualTo(1);
        assertThat(err.toString())
                .startsWith("nothing announced: weir.kafka.bootstrap-servers: no answer from 127.0.0.1:1");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void checkReadsASampleAsTheJobReadsAnAnnouncedFile() throws IOException {
        Path sample = temp.resolve("sample.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(sample))) {
            out.write("\"id\",t,temp\n1,2026-03-01T12:00:00Z,21.5\n1,2026-03-01T12:00:01Z,hot\n".getBytes(UTF_8));
        }
        assertThat(command("check", "--sample", sample.toString())).isZero();
        assertThat(out.toString())
                .contains("catalog: file-events: csv, wide layout, event time from [t]")
                .contains("  files: announced by paths, below " + directory.uri()
                        + "; decompressed by suffix; repetitions known for 1 d")
                .contains("sample.csv.gz, 2 events: 2 decoded, 0 rejected")
                .contains("2 readings: 1 accepted (0 of them flagged), 1 rejected");
        Files.write(sample, new byte[] {1, 2, 3});
        assertThat(command("check", "--sample", sample.toString())).isEqualTo(1);
        assertThat(err.toString()).startsWith("--sample " + sample + ": FILE_UNREADABLE: ");
    }

    private int execute(String... arguments) {
        return command("announce", arguments);
    }

    private int command(String command, String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> all =
                new ArrayList<>(List.of(command, "--conf-dir", directory.conf().toString()));
        all.addAll(List.of(arguments));
        CommandLine line = Weir.commandLine(new ConfigLoader(), (config, flink, choices) -> 0);
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return line.execute(all.toArray(String[]::new));
    }
}
