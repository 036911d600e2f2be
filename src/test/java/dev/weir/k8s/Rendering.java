package dev.weir.k8s;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.configuration.GlobalConfiguration;

/**
 * What is made of other files and committed: {@code base/flink-conf.yaml}, out of {@code flink-conf/config.yaml}, and the kustomizations
 * as kubectl renders them. The rendered ones are committed so that they can be checked where there is no kubectl; each begins with a
 * digest of all that it was made of, so that an old one is found there, too.
 */
final class Rendering {
    static final Path ROOT = Path.of("k8s-operator");
    static final Path FLINK_CONF = Path.of("flink-conf");
    static final Path GENERATED_PATCH = ROOT.resolve("base/flink-conf.yaml");
    /** Those with a deployment. */
    static final List<String> OVERLAYS = List.of("overlays/dev", "overlays/prod", "session");

    static final List<String> KUSTOMIZATIONS = List.of("overlays/dev", "overlays/prod", "session", "snapshot");
    static final String CURE = "run ./mvnw test -Dtest=RenderingTest -Dweir.render=true, which needs kubectl and npm";

    private static final Path COMMITTED = Path.of("src/test/resources/k8s-operator");

    private Rendering() {}

    static Path committed(String kustomization) {
        return COMMITTED.resolve(Path.of(kustomization).getFileName() + ".yaml");
    }

    /** As it has to be committed. */
    static String withDigest(String rendered) throws IOException {
        return digestLine() + "\n" + rendered;
    }

    static String digestLine() throws IOException {
        return "# Rendered by kubectl kustomize of what has this digest: " + digest();
    }

    /** The patch that lays Flink's configuration, as Flink reads it, into the FlinkDeployment. */
    static String patchOfFlinkConf() {
        StringBuilder patch = new StringBuilder(
                """
                # Made of flink-conf/config.yaml, where each setting has its reason; a test keeps it so. Differences: flink-differences.yaml.
                apiVersion: flink.apache.org/v1beta1
                kind: FlinkDeployment
                metadata:
                  name: weir
                spec:
                  flinkConfiguration:
                """);
        flinkConf().forEach((key, value) -> patch.append("    ")
                .append(key)
                .append(": \"")
                .append(value.replace("\\", "\\\\").replace("\"", "\\\""))
                .append("\"\n"));
        return patch.toString();
    }

    /** {@code flink-conf/config.yaml} as Flink reads it: flat keys, values as text. */
    static Map<String, String> flinkConf() {
        return new TreeMap<>(
                GlobalConfiguration.loadConfiguration(FLINK_CONF.toString()).toMap());
    }

    static boolean kubectlIsThere() {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl")));
    }

    /** What kubectl makes of it now. */
    static String render(String kustomization) throws IOException, InterruptedException {
        Process kubectl = new ProcessBuilder(
                        "kubectl", "kustomize", ROOT.resolve(kustomization).toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!kubectl.waitFor(30, TimeUnit.SECONDS) || kubectl.exitValue() != 0) {
            throw new IOException("kubectl kustomize " + kustomization + ": " + output);
        }
        return output;
    }

    /** SHA-256 of names and contents of all that a rendering is made of. */
    private static String digest() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            List<Path> sources = Stream.concat(
                            files.filter(Files::isRegularFile).sorted(),
                            Stream.of("catalog.yaml", "kustomization.yaml", "log4j-console.properties")
                                    .map(FLINK_CONF::resolve))
                    .toList();
            for (Path source : sources) {
                sha.update(source.toString().getBytes(StandardCharsets.UTF_8));
                sha.update((byte) 0);
                sha.update(Files.readAllBytes(source));
                sha.update((byte) 0);
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
