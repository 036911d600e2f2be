package dev.weir.monitoring;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The browser, without a window, with one page. It is driven through its DevTools protocol, which answers while the page goes on: the
 * switches {@code --dump-dom} and {@code --virtual-time-budget} draw each of some thousand frames first, which takes minutes on a loaded
 * machine.
 */
final class Chromium implements AutoCloseable {
    private static final Duration WITHIN = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
    private final WebSocket page;
    private int calls;

    private Chromium(Process process, URI devTools) {
        this.process = process;
        this.page = HTTP.newWebSocketBuilder()
                .buildAsync(devTools, new Messages(messages))
                .join();
    }

    /** @param directory for its profile and its log */
    static Chromium start(Path directory) throws IOException {
        Path profile = Files.createTempDirectory(directory, "profile");
        List<String> command = new ArrayList<>(List.of("chromium", "--headless", "--no-sandbox", "--disable-gpu"));
        command.addAll(List.of("--disable-quic", "--no-first-run", "--disable-background-networking"));
        command.addAll(List.of("--disable-component-update", "--disable-sync", "--hide-scrollbars"));
        command.addAll(List.of("--user-data-dir=" + profile));
        command.addAll(List.of("--remote-debugging-port=0", "about:blank"));
        Path log = directory.resolve("chromium.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            return new Chromium(process, devTools(process, profile.resolve("DevToolsActivePort"), log));
        } catch (RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** The address of the page's DevTools; the browser writes its port into a file. */
    private static URI devTools(Process process, Path port, Path log) {
        JsonNode[] page = new JsonNode[1];
        await().atMost(WITHIN).ignoreExceptionsInstanceOf(IOException.class).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("chromium fails: " + Files.readString(log));
            }
            String first = Files.readAllLines(port).get(0);
            URI list = URI.create("http://127.0.0.1:" + first + "/json/list");
            String targets = HTTP.send(HttpRequest.newBuilder(list).build(), BodyHandlers.ofString())
                    .body();
            for (JsonNode target : JSON.readTree(targets)) {
                page[0] = target.get("type").asText().equals("page") ? target : page[0];
            }
            return page[0] != null;
        });
        return URI.create(page[0].get("webSocketDebuggerUrl").asText());
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

    /** Opens the page, and returns it as HTML as soon as all the texts are in it, or after two minutes. */
    String dom(String url, List<String> texts) throws IOException {
        open(url);
        return latest(this::dom, dom -> texts.stream().allMatch(dom::contains));
    }

    /** Writes into the file, as PNG, what a person sees of the page once the texts are there and it no longer moves. */
    void screenshot(String url, List<String> texts, Path file) throws IOException {
        dom(url, texts);
        byte[][] before = new byte[1][];
        byte[] picture = latest(this::picture, now -> {
            boolean still = Arrays.equals(now, before[0]);
            before[0] = now;
            return still;
        });
        Files.write(file, picture);
    }

    private void open(String url) throws IOException {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", 1600, "height", 1000, "deviceScaleFactor", 1, "mobile", false));
        // Pages of the web UI differ only behind the #, for which nothing would be loaded.
        call("Page.navigate", Map.of("url", "about:blank"));
        call("Page.navigate", Map.of("url", url));
    }

    private String dom() throws IOException {
        String expression = "document.documentElement.outerHTML";
        return call("Runtime.evaluate", Map.of("expression", expression))
                .at("/result/value")
                .asText();
    }

    private byte[] picture() throws IOException {
        return Base64.getDecoder()
                .decode(call("Page.captureScreenshot", Map.of()).get("data").asText());
    }

    /** Asks until the answer is good, or the time is over; the last answer, for a test that says what is wrong with it. */
    private static <T> T latest(Asked<T> asked, Predicate<T> good) throws IOException {
        long end = System.nanoTime() + WITHIN.toNanos();
        List<T> last = new ArrayList<>();
        await().atMost(WITHIN.plus(WITHIN)).pollInterval(Duration.ofMillis(300)).until(() -> {
            last.clear();
            last.add(asked.ask());
            return good.test(last.get(0)) || System.nanoTime() >= end;
        });
        return last.get(0);
    }

    @FunctionalInterface
    private interface Asked<T> {
        T ask() throws IOException;
    }

    /** The result of a command of the protocol. */
    private synchronized JsonNode call(String method, Map<String, ?> parameters) throws IOException {
        int id = ++calls;
        ObjectNode request = JSON.createObjectNode().put("id", id).put("method", method);
        request.set("params", JSON.valueToTree(parameters));
        page.sendText(request.toString(), true).join();
        try {
            JsonNode answer;
            do {
                answer = messages.poll(WITHIN.toSeconds(), TimeUnit.SECONDS);
                if (answer == null || answer.has("error")) {
                    throw new IOException("chromium, " + request + ": " + answer);
                }
            } while (answer.path("id").asInt() != id);
            return answer.get("result");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        page.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** Puts whole messages into a queue. */
    private record Messages(BlockingQueue<JsonNode> queue, StringBuilder parts) implements WebSocket.Listener {
        Messages(BlockingQueue<JsonNode> queue) {
            this(queue, new StringBuilder());
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            parts.append(data);
            if (last) {
                try {
                    queue.add(JSON.readTree(parts.toString()));
                } catch (IOException e) {
                    throw new IllegalStateException(parts.toString(), e);
                }
                parts.setLength(0);
            }
            socket.request(1);
            return null;
        }
    }
}
