package dev.weir.monitoring;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The browser, without a window. A new profile each time, and nothing asked of the network but the page. */
final class Chromium {
    private static final long WITHIN_SECONDS = 180;

    private final Path directory;

    /** @param directory for its profiles */
    Chromium(Path directory) {
        this.directory = directory;
    }

    /** Why there is no browser on this machine and none can be had; empty if there is. */
    static String missing() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("src/test/deploy/chromium.sh")
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        int exitCode = process.waitFor();
        if (exitCode != 0 && exitCode != 3) {
            throw new IllegalStateException("chromium.sh ends with " + exitCode + ": " + output);
        }
        return exitCode == 0 ? "" : output.substring(output.lastIndexOf('\n') + 1);
    }

    /** The page as HTML, after its scripts have run. */
    String dom(String url) throws IOException, InterruptedException {
        return run(url, "--dump-dom");
    }

    /** What a person sees of the page, as PNG in the file. */
    void screenshot(String url, Path file) throws IOException, InterruptedException {
        run(url, "--screenshot=" + file.toAbsolutePath());
    }

    private String run(String url, String output) throws IOException, InterruptedException {
        Path profile = Files.createTempDirectory(directory, "profile");
        Path page = Files.createTempFile(directory, "page", ".html");
        List<String> command = new ArrayList<>(List.of("chromium", "--headless", "--no-sandbox", "--disable-gpu"));
        command.addAll(List.of("--disable-quic", "--no-first-run", "--disable-background-networking"));
        command.addAll(List.of("--disable-component-update", "--disable-sync", "--hide-scrollbars"));
        command.addAll(List.of("--user-data-dir=" + profile, "--window-size=1600,1000"));
        command.addAll(List.of("--virtual-time-budget=15000", output, url));
        Process process = new ProcessBuilder(command)
                .redirectOutput(page.toFile())
                .redirectError(directory.resolve("chromium.log").toFile())
                .start();
        try {
            if (!process.waitFor(WITHIN_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(
                        "chromium fails: " + Files.readString(directory.resolve("chromium.log")));
            }
            return Files.readString(page);
        } finally {
            process.destroyForcibly();
        }
    }
}
