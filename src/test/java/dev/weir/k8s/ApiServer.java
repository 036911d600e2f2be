package dev.weir.k8s;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A real kube-apiserver with its etcd, on the loopback; see {@code src/test/deploy/build-apiserver.sh}. It stores, checks and authorizes
 * as any other; nothing runs pods.
 */
final class ApiServer implements AutoCloseable {
    private static final String BUILD = "src/test/deploy/build-apiserver.sh";
    private static final int MISSING = 3;
    private static final String LOOPBACK = "http://127.0.0.1:";

    /** @param output of both streams, as they came */
    record Result(int exitCode, String output) {}

    private final Path directory;
    private final String token = UUID.randomUUID().toString();
    private final List<Process> processes = new ArrayList<>();
    private int port;

    private ApiServer(Path directory) {
        this.directory = directory;
    }

    /**
     * Ready to be asked.
     *
     * @param cache where the programs are, or will be in three minutes
     * @param directory empty; for data and logs
     * @throws org.opentest4j.TestAbortedException with one line, if this machine cannot build it
     */
    static ApiServer start(Path cache, Path directory) throws IOException, InterruptedException {
        Result kubectl = run(directory, List.of("sh", "-c", "command -v kubectl openssl"), Duration.ofSeconds(5));
        Assumptions.assumeTrue(kubectl.exitCode() == 0, "skipped, missing: kubectl and openssl on the PATH");
        Result build = run(directory, List.of("nice", "-n", "10", BUILD, cache.toString()), Duration.ofMinutes(20));
        Assumptions.assumeTrue(
                build.exitCode() != MISSING, () -> "skipped, " + build.output().strip());
        if (build.exitCode() != 0) {
            throw new IOException(BUILD + " failed:\n" + build.output());
        }
        ApiServer server = new ApiServer(directory);
        try {
            server.startProcesses(cache);
            await().atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> server.kubectl("get", "--raw=/readyz").exitCode() == 0);
        } catch (IOException | InterruptedException | RuntimeException e) {
            server.close();
            throw e;
        }
        return server;
    }

    /** Runs kubectl as an administrator of this server. */
    Result kubectl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "kubectl",
                "--server=https://127.0.0.1:" + port,
                "--token=" + token,
                "--insecure-skip-tls-verify",
                "--cache-dir=" + directory.resolve("kubectl")));
        command.addAll(List.of(arguments));
        return run(directory, command, Duration.ofMinutes(2));
    }

    private void startProcesses(Path cache) throws IOException, InterruptedException {
        port = freePort();
        String etcd = LOOPBACK + freePort();
        String peer = LOOPBACK + freePort();
        spawn(
                "etcd",
                cache.resolve("etcd").toString(),
                "--data-dir=" + directory.resolve("etcd"),
                "--unsafe-no-fsync",
                "--listen-client-urls=" + etcd,
                "--advertise-client-urls=" + etcd,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=default=" + peer);
        String key = directory.resolve("accounts.key").toString();
        run(directory, List.of("openssl", "genrsa", "-out", key, "2048"), Duration.ofMinutes(1));
        Path tokens = Files.writeString(directory.resolve("tokens.csv"), token + ",admin,1,\"system:masters\"\n");
        spawn(
                "kube-apiserver",
                cache.resolve("kube-apiserver").toString(),
                "--etcd-servers=" + etcd,
                "--bind-address=127.0.0.1",
                "--advertise-address=127.0.0.1",
                "--secure-port=" + port,
                "--insecure-port=0",
                "--cert-dir=" + directory.resolve("certificates"),
                "--token-auth-file=" + tokens,
                "--authorization-mode=RBAC",
                "--service-cluster-ip-range=10.0.0.0/24",
                "--service-account-key-file=" + key,
                "--service-account-signing-key-file=" + key,
                "--service-account-issuer=https://127.0.0.1:" + port,
                "--disable-admission-plugins=ServiceAccount",
                "--endpoint-reconciler-type=none");
    }

    private void spawn(String name, String... command) throws IOException {
        processes.add(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(name + ".log").toFile())
                .start());
    }

    private static Result run(Path directory, List<String> command, Duration limit)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile(directory, "output", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        // Nobody's own clusters.
        builder.environment()
                .put("KUBECONFIG", directory.resolve("no-kubeconfig").toString());
        Process process = builder.start();
        if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(command.get(0) + " took longer than " + limit);
        }
        return new Result(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        // The API server first: without its etcd it would wait long.
        for (int i = processes.size() - 1; i >= 0; i--) {
            Process process = processes.get(i);
            process.destroy();
            process.onExit().completeOnTimeout(process, 20, TimeUnit.SECONDS).join();
            process.destroyForcibly().onExit().join();
        }
    }
}
