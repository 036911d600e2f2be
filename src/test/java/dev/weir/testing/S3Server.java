package dev.weir.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A real S3 server on the loopback, a process of its own: S3Proxy, which keeps each object as a file. */
public final class S3Server implements AutoCloseable {
    private static final Path JAR = Path.of("target/processes/s3proxy.jar");
    private static final String KEY = "weir";

    /** For tests to look for where it must not be. */
    public static final String SECRET = "Kiln-8-is-hotter";

    private final Path objects;
    private final int port;
    private final Process process;

    private S3Server(Path objects, int port, Process process) {
        this.objects = objects;
        this.port = port;
        this.process = process;
    }

    /** It answers, and has one empty bucket. */
    public static S3Server start(Path directory, String bucket) throws IOException {
        int port = StablePorts.free(1)[0];
        Path objects = Files.createDirectories(directory.resolve("objects"));
        Files.createDirectories(objects.resolve(bucket));
        Path properties = Files.write(
                directory.resolve("s3proxy.properties"),
                List.of(
                        "s3proxy.endpoint=http://127.0.0.1:" + port,
                        "s3proxy.authorization=aws-v2-or-v4",
                        "s3proxy.identity=" + KEY,
                        "s3proxy.credential=" + SECRET,
                        "jclouds.provider=filesystem-nio2",
                        "jclouds.filesystem.basedir=" + objects));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java, "-Xmx256m", "-jar", JAR.toString(), "--properties", properties.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("s3proxy.out").toFile())
                .start();
        S3Server server = new S3Server(objects, port, process);
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "s3-end"));
        await().atMost(Duration.ofSeconds(30)).until(server::listens);
        return server;
    }

    /** What {@code config.yaml} says of such a server. */
    public Map<String, String> options() {
        return Map.of("s3.endpoint", "http://127.0.0.1:" + port, "s3.path-style-access", "true");
    }

    /** The credentials, as the S3 client looks for them: so they are in no file and on no command line. */
    public Map<String, String> environment() {
        return Map.of("AWS_ACCESS_KEY_ID", KEY, "AWS_SECRET_ACCESS_KEY", SECRET, "AWS_REGION", "eu-central-1");
    }

    /** The same with the credentials, for a file system inside the test's own JVM. */
    public Map<String, String> optionsWithCredentials() {
        Map<String, String> all = new TreeMap<>(options());
        all.put("s3.access-key", KEY);
        all.put("s3.secret-key", SECRET);
        return all;
    }

    /** The objects of a bucket below a key, as files. */
    public Path files(String bucket, String key) {
        return objects.resolve(bucket).resolve(key);
    }

    private boolean listens() {
        if (!process.isAlive()) {
            throw new IllegalStateException("s3proxy has ended, see " + objects.resolveSibling("s3proxy.out"));
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
