package dev.weir.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.GlobalConfiguration;

/**
 * The Helm chart. Helm reads no file outside of a chart, so its {@code files/} are made of those that kustomize reads,
 * and committed; and so is what helm renders, to be compared where there is no helm.
 */
final class Chart {
    static final Path ROOT = Rendering.ROOT.resolve("chart");
    /** Each has a values file of that name, and an overlay. */
    static final List<String> ENVIRONMENTS = List.of("dev", "prod");

    private static final Path COMMITTED = Path.of("src/test/resources/k8s-operator");
    private static final Path UNPACKED = Path.of("target/deploy/helm").toAbsolutePath();
    private static final int MISSING = 3;

    /** @param output of both streams */
    record Result(int exitCode, String output) {}

    private Chart() {}

    /** Path to content of all that is made. */
    static Map<Path, String> files() throws IOException {
        Map<Path, String> files = new LinkedHashMap<>();
        Path folder = ROOT.resolve("files");
        files.put(folder.resolve("flink-configuration.yaml"), flinkConfiguration());
        for (Path source : List.of(
                Rendering.FLINK_CONF.resolve("catalog.yaml"),
                Rendering.FLINK_CONF.resolve("log4j-console.properties"),
                Rendering.ROOT.resolve("base/nginx.conf"))) {
            files.put(folder.resolve(source.getFileName()), Files.readString(source));
        }
        return files;
    }

    /** As base has it: {@code flink-conf/config.yaml} and what differs on Kubernetes. */
    private static String flinkConfiguration() throws IOException {
        Map<String, String> values =
                new TreeMap<>(GlobalConfiguration.loadConfiguration(Rendering.FLINK_CONF.toString())
                        .toMap());
        Manifests.flinkConfiguration(Manifests.read(Rendering.ROOT.resolve("base/flink-differences.yaml")))
                .forEach((key, value) -> {
                    if (value == null) {
                        values.remove(key);
                    } else {
                        values.put(key, value);
                    }
                });
        StringBuilder text = new StringBuilder(
                "# Made of flink-conf/config.yaml and base/flink-differences.yaml, where each setting has its"
                        + " reason; a test keeps it so.\n");
        for (Map.Entry<String, String> entry : values.entrySet()) {
            text.append(entry.getKey())
                    .append(": ")
                    .append(new ObjectMapper().writeValueAsString(entry.getValue()))
                    .append('\n');
        }
        return text.toString();
    }

    static Path committed(String environment) {
        return COMMITTED.resolve("chart-" + environment + ".yaml");
    }

    /** Empty if helm is unpacked now; else one line that says what this machine lacks. */
    static String missing() throws IOException, InterruptedException {
        Result result = run("src/test/deploy/helm.sh", UNPACKED.toString());
        if (result.exitCode() != 0 && result.exitCode() != MISSING) {
            throw new IOException(result.output());
        }
        return result.exitCode() == 0 ? "" : result.output().strip();
    }

    static Result helm(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(UNPACKED.resolve("helm").toString()));
        command.addAll(List.of(arguments));
        return run(command.toArray(String[]::new));
    }

    /** What helm makes of the environment's values, with further arguments. */
    static String render(String environment, String... further) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(
                "template",
                "weir",
                ROOT.toString(),
                "--namespace=" + namespace(environment),
                "--values=" + ROOT.resolve("values-" + environment + ".yaml"),
                "--set=namespace.create=true"));
        arguments.addAll(List.of(further));
        Result result = helm(arguments.toArray(String[]::new));
        if (result.exitCode() != 0) {
            throw new IOException(result.output());
        }
        return result.output();
    }

    private static String namespace(String environment) throws IOException {
        return Manifests.name(Manifests.of("overlays/" + environment).one("Namespace"));
    }

    /** Kind and name to the object; digests in names of ConfigMaps, which kustomize and helm compute differently, are left out. */
    static Map<String, JsonNode> objects(Manifests manifests) throws IOException {
        Map<String, JsonNode> objects = new TreeMap<>();
        for (ObjectNode one : manifests.all()) {
            String text = one.toString().replaceAll("\"(weir-catalog|weir-web-ui)-[0-9a-z]{10}\"", "\"$1\"");
            JsonNode plain = new ObjectMapper().readTree(text);
            objects.put(plain.path("kind").asText() + " " + Manifests.name(plain), plain);
        }
        return objects;
    }

    private static Result run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException(command[0] + " does not end");
        }
        return new Result(process.exitValue(), output);
    }
}
