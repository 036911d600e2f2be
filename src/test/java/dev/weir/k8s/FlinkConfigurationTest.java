package dev.weir.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.config.ConfigLoader;
import dev.weir.config.ConfigurationException;
import dev.weir.config.OptionValue;
import dev.weir.config.Resolved;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ConfigurationUtils;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The Flink configuration is flink-conf/'s, layer by layer with differences only, and the job itself takes it. */
class FlinkConfigurationTest {
    private static final Path DIFFERENCES = Rendering.ROOT.resolve("base/flink-differences.yaml");
    static final List<String> APPLICATIONS = List.of("overlays/dev", "overlays/prod");
    private static final String CATALOG = "weir.catalog";

    @TempDir
    Path directory;

    @Test
    void baseStatesOnlyDifferences() throws IOException {
        assertOnlyDifferences(DIFFERENCES, Rendering.flinkConf());
    }

    @ParameterizedTest
    @FieldSource("dev.weir.k8s.Rendering#OVERLAYS")
    void overlayStatesOnlyDifferences(String overlay) throws IOException {
        assertOnlyDifferences(patch(overlay), base());
    }

    /** The layers, laid over each other here, are what kustomize made of them. */
    @ParameterizedTest
    @FieldSource("dev.weir.k8s.Rendering#OVERLAYS")
    void renderedConfigurationIsTheLayers(String overlay) throws IOException {
        assertThat(conf(overlay)).isEqualTo(over(base(), Manifests.flinkConfiguration(Manifests.read(patch(overlay)))));
    }

    @ParameterizedTest
    @FieldSource("APPLICATIONS")
    void jobTakesIt(String overlay) throws IOException {
        Resolved resolved = load(conf(overlay), Manifests.of(overlay));

        assertThat(resolved.config().catalog().metrics()).containsKey("temperature");
        assertThat(resolved.config().postgres().passwordFile()).isNotNull();
        assertHoldsNoSecret(resolved);
    }

    @Test
    void sessionJobTakesItsClustersAndItsOwn() throws IOException {
        Manifests manifests = Manifests.of("session");
        Map<String, String> conf = conf("session");
        conf.putAll(Manifests.flinkConfiguration(manifests.one("FlinkSessionJob")));

        Resolved resolved = load(conf, manifests);

        assertThat(resolved.config().pipeline()).isEqualTo("weir-north");
        assertHoldsNoSecret(resolved);
    }

    @Test
    void jobRefusesAnUnknownKeyAndAContradiction() throws IOException {
        Map<String, String> conf = conf("overlays/prod");
        conf.put("weir.kafka.topic", "a");
        conf.put("weir.time.lateness", "1 s");

        assertThatThrownBy(() -> load(conf, Manifests.of("overlays/prod")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("weir.kafka.topic is not an option")
                .hasMessageContaining("weir.time.lateness must be >= weir.time.disorder");
    }

    /** The memory of the pods is split as Flink's start scripts split it. */
    @ParameterizedTest
    @FieldSource("dev.weir.k8s.Rendering#OVERLAYS")
    void memoryFits(String overlay) throws IOException {
        JsonNode spec = Manifests.of(overlay).one("FlinkDeployment").path("spec");
        Configuration flink = Configuration.fromMap(conf(overlay));
        flink.set(TaskManagerOptions.TOTAL_PROCESS_MEMORY, memory(spec, "taskManager"));
        flink.set(JobManagerOptions.TOTAL_PROCESS_MEMORY, memory(spec, "jobManager"));

        var taskManager = TaskExecutorProcessUtils.processSpecFromConfig(flink);
        var jobManager = JobManagerProcessUtils.processSpecFromConfig(flink);

        assertThat(taskManager.getTaskHeapSize()).isGreaterThan(MemorySize.ofMebiBytes(256));
        assertThat(jobManager.getJvmHeapMemorySize()).isGreaterThan(MemorySize.ofMebiBytes(400));
    }

    @Test
    void maxParallelismHasManyDivisors() throws IOException {
        int max = Configuration.fromMap(base()).get(PipelineOptions.MAX_PARALLELISM);
        assertThat(max).isEqualTo(720);
        assertThat(base()).containsEntry("job.autoscaler.utilization.max", "0.8");
    }

    @Test
    void productionsWebUiOnlyShows() throws IOException {
        assertThat(conf("overlays/prod"))
                .containsEntry("web.submit.enable", "false")
                .containsEntry("web.cancel.enable", "false");
    }

    private static void assertOnlyDifferences(Path patch, Map<String, String> below) throws IOException {
        Manifests.flinkConfiguration(Manifests.read(patch)).forEach((key, value) -> {
            if (value == null) {
                assertThat(below)
                        .as("%s removes %s, which is not there", patch, key)
                        .containsKey(key);
            } else {
                assertThat(below.get(key))
                        .as("%s says of %s what is said already", patch, key)
                        .isNotEqualTo(value);
            }
        });
    }

    /** Nothing that is shown only masked has a value, so nothing secret is in a resource. */
    private static void assertHoldsNoSecret(Resolved resolved) {
        assertThat(resolved.options()).extracting(OptionValue::value).doesNotContain("******");
        assertThat(resolved.flink().keySet())
                .noneMatch(key -> key.matches("(?i).*(password|passwd|secret|access-key|token|jaas).*")
                        && !key.endsWith("password-file"));
    }

    /** Loads it as the job does: as Flink writes it into the ConfigMap that a pod mounts. */
    private Resolved load(Map<String, String> conf, Manifests manifests) throws IOException {
        Map<String, String> mounted = new TreeMap<>(conf);
        mounted.put(CATALOG, mountedCatalog(conf.get(CATALOG), manifests));
        Files.write(
                directory.resolve("config.yaml"),
                ConfigurationUtils.convertConfigToWritableLines(Configuration.fromMap(mounted), false));
        Configuration flink = GlobalConfiguration.loadConfiguration(directory.toString());
        return new ConfigLoader().fromFlink(flink, directory, Map.of());
    }

    /** What lies at that path in the pod, as a file here. */
    private String mountedCatalog(String path, Manifests manifests) throws IOException {
        JsonNode pod = manifests
                .one("FlinkDeployment")
                .path("spec")
                .path("podTemplate")
                .path("spec");
        JsonNode mount = Stream.iterate(0, i -> i + 1)
                .map(i -> pod.path("containers").path(0).path("volumeMounts").path(i))
                .takeWhile(one -> !one.isMissingNode())
                .filter(one -> path.startsWith(one.path("mountPath").asText() + "/"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(path + " is in no volume"));
        for (JsonNode volume : pod.path("volumes")) {
            if (volume.path("name").equals(mount.path("name"))) {
                String file = path.substring(mount.path("mountPath").asText().length() + 1);
                String text = manifests
                        .one("ConfigMap", volume.path("configMap").path("name").asText())
                        .path("data")
                        .path(file)
                        .asText();
                return Files.writeString(directory.resolve("mounted-catalog.yaml"), text)
                        .toString();
            }
        }
        throw new IllegalStateException("no volume " + mount.path("name"));
    }

    private static MemorySize memory(JsonNode spec, String role) {
        return MemorySize.parse(spec.path(role).path("resource").path("memory").asText());
    }

    private static Map<String, String> conf(String overlay) throws IOException {
        return Manifests.flinkConfiguration(Manifests.of(overlay).one("FlinkDeployment"));
    }

    private static Map<String, String> base() throws IOException {
        return over(Rendering.flinkConf(), Manifests.flinkConfiguration(Manifests.read(DIFFERENCES)));
    }

    private static Map<String, String> over(Map<String, String> below, Map<String, String> patch) {
        Map<String, String> values = new TreeMap<>(below);
        patch.forEach((key, value) -> {
            if (value == null) {
                values.remove(key);
            } else {
                values.put(key, value);
            }
        });
        return values;
    }

    private static Path patch(String overlay) {
        return Rendering.ROOT.resolve(overlay).resolve("flinkdeployment.yaml");
    }
}
