package dev.weir.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What the resources of one deployment owe each other, and what docs/kubernetes.md promises of them. */
class DeploymentRulesTest {
    private static final Set<String> PODS = Set.of("jobmanager", "taskmanager");

    @ParameterizedTest
    @FieldSource("dev.weir.k8s.Rendering#OVERLAYS")
    void everySelectorSelectsSomething(String overlay) throws IOException {
        Manifests manifests = Manifests.of(overlay);
        List<Map<String, String>> pods = pods(manifests);

        List<JsonNode> selectors = manifests.all().stream()
                .flatMap(one -> Stream.concat(
                        Stream.concat(one.findValues("podSelector").stream(), one.findValues("labelSelector").stream())
                                .map(selector -> selector.path("matchLabels")),
                        Stream.of(one.at("/spec/selector/matchLabels"), serviceSelector(one))))
                .filter(selector -> !selector.isMissingNode())
                .map(JsonNode.class::cast)
                .filter(selector -> selector.has("app") || selector.has("component"))
                .toList();

        assertThat(selectors).hasSizeGreaterThan(10).allSatisfy(selector -> assertThat(pods)
                .anyMatch(labels ->
                        labels.entrySet().containsAll(Manifests.texts(selector).entrySet())));
    }

    /** Else a node with a task manager could never be drained. */
    @ParameterizedTest
    @FieldSource("dev.weir.k8s.Rendering#OVERLAYS")
    void budgetLeavesOneToDrain(String overlay) throws IOException {
        Manifests manifests = Manifests.of(overlay);
        ObjectNode deployment = manifests.one("FlinkDeployment");
        Map<String, String> conf = Manifests.flinkConfiguration(deployment);
        int slots = Integer.parseInt(conf.get("taskmanager.numberOfTaskSlots"));
        int parallelism = manifests.all().stream()
                .map(one -> one.at("/spec/job/parallelism"))
                .filter(JsonNode::isInt)
                .mapToInt(JsonNode::asInt)
                .findFirst()
                .orElseThrow();
        if (conf.get("job.autoscaler.enabled").equals("true")) {
            parallelism = Math.min(parallelism, Integer.parseInt(conf.get("job.autoscaler.vertex.min-parallelism")));
        }
        Map<String, Integer> pods = Map.of(
                "taskmanager",
                (parallelism + slots - 1) / slots,
                "jobmanager",
                deployment.at("/spec/jobManager/replicas").asInt());

        assertThat(manifests.ofKind("PodDisruptionBudget"))
                .allSatisfy(budget -> assertThat(budget.at("/spec/minAvailable").asInt())
                        .isPositive()
                        .isLessThan(pods.get(budget.at("/spec/selector/matchLabels/component")
                                .asText())));
    }

    /** Secrets are named, never held; and each that is named is in the documentation, with its keys. */
    @ParameterizedTest
    @FieldSource("dev.weir.k8s.Rendering#OVERLAYS")
    void secretsAreReferences(String overlay) throws IOException {
        Manifests manifests = Manifests.of(overlay);
        Set<String> named = new TreeSet<>();
        for (ObjectNode one : manifests.all()) {
            one.findValuesAsText("secretName").forEach(named::add);
            one.findValues("secretKeyRef")
                    .forEach(key -> named.add(key.path("name").asText()));
        }

        assertThat(manifests.ofKind("Secret")).isEmpty();
        assertThat(named).contains("weir-postgres", "weir-s3", "weir-web-ui");
        assertThat(Files.readString(Path.of("docs/kubernetes.md"))).contains(named);
        assertThat(manifests.all().stream().flatMap(one -> one.findValues("env").stream()))
                .allSatisfy(env -> assertThat(env)
                        .allSatisfy(one -> assertThat(one.has("valueFrom")).isTrue()));
    }

    @ParameterizedTest
    @FieldSource("dev.weir.k8s.Rendering#OVERLAYS")
    void podsRunAsNobodyInParticular(String overlay) throws IOException {
        Manifests manifests = Manifests.of(overlay);
        List<JsonNode> pods = List.of(
                manifests.one("FlinkDeployment").at("/spec/podTemplate/spec"),
                manifests.one("Deployment").at("/spec/template/spec"));

        assertThat(pods).allSatisfy(pod -> {
            assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
            JsonNode container = pod.at("/containers/0/securityContext");
            assertThat(container.path("readOnlyRootFilesystem").asBoolean()).isTrue();
            assertThat(container.path("allowPrivilegeEscalation").isBoolean()
                            && !container.path("allowPrivilegeEscalation").asBoolean())
                    .isTrue();
            assertThat(container.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
        });
        assertThat(manifests
                        .one("Namespace")
                        .at("/metadata/labels/pod-security.kubernetes.io~1enforce")
                        .asText())
                .isEqualTo("restricted");
    }

    /** With a read-only root file system: temporary files, logs, and RocksDB's own. */
    @ParameterizedTest
    @FieldSource("dev.weir.k8s.Rendering#OVERLAYS")
    void whatFlinkWritesToIsWritable(String overlay) throws IOException {
        JsonNode spec = Manifests.of(overlay).one("FlinkDeployment").path("spec");
        String rocksdb = spec.path(Manifests.FLINK_CONFIGURATION)
                .path("state.backend.rocksdb.localdir")
                .asText();

        Map<String, String> all = writableMounts(spec.at("/podTemplate/spec"));
        Map<String, String> taskManager = writableMounts(spec.at("/taskManager/podTemplate/spec"));

        assertThat(all).containsKeys("/tmp", "/opt/flink/log");
        assertThat(taskManager).containsKey(rocksdb);
        assertThat(spec.path(Manifests.FLINK_CONFIGURATION)
                        .path("kubernetes.operator.pod-template.merge-arrays-by-name")
                        .asText())
                .as("else the second template's mounts replace the first one's")
                .isEqualTo("true");
    }

    /** A liveness probe of a task manager would only know less than the JobManager's heartbeat. */
    @ParameterizedTest
    @FieldSource("dev.weir.k8s.Rendering#OVERLAYS")
    void podsSayWhenTheyAreReadyAndTheJobManagerWhetherItLives(String overlay) throws IOException {
        ObjectNode deployment = Manifests.of(overlay).one("FlinkDeployment");
        JsonNode jobManager = deployment.at("/spec/jobManager/podTemplate/spec/containers/0");
        JsonNode taskManager = deployment.at("/spec/taskManager/podTemplate/spec/containers/0");
        Map<String, String> conf = Manifests.flinkConfiguration(deployment);

        for (String probe : List.of("readinessProbe", "livenessProbe")) {
            assertThat(jobManager.at("/" + probe + "/httpGet/port").asText()).isEqualTo(conf.get("rest.bind-port"));
        }
        assertThat(jobManager.at("/livenessProbe/periodSeconds").asInt()
                        * jobManager.at("/livenessProbe/failureThreshold").asInt())
                .as("seconds without an answer")
                .isGreaterThanOrEqualTo(300);
        assertThat(taskManager.at("/readinessProbe/tcpSocket/port").asText()).isEqualTo("metrics");
        assertThat(Manifests.texts(deployment.at("/spec/podTemplate/spec/containers/0/ports/0")))
                .isEqualTo(Map.of("name", "metrics", "containerPort", conf.get("metrics.reporter.prometheus.port")));
        assertThat(taskManager.has("livenessProbe")).isFalse();
        assertThat(Double.parseDouble(conf.get("kubernetes.jobmanager.cpu.limit-factor")))
                .isGreaterThan(1);
    }

    /** Else a pod goes to a node whose disk is full, and is evicted for what it was promised. */
    @ParameterizedTest
    @FieldSource("dev.weir.k8s.Rendering#OVERLAYS")
    void podsAskForTheRoomThatTheirVolumesMayTake(String overlay) throws IOException {
        JsonNode spec = Manifests.of(overlay).one("FlinkDeployment").path("spec");
        for (String role : List.of("jobManager", "taskManager")) {
            JsonNode pod = spec.path(role).at("/podTemplate/spec");
            Map<String, Integer> volumes = new HashMap<>(gibibytes(spec.at("/podTemplate/spec")));
            volumes.putAll(gibibytes(pod)); // merged by name, the second wins

            int asked = gibibytes(
                    pod.at("/containers/0/resources/requests/ephemeral-storage").asText());

            assertThat(asked)
                    .as(role + " " + volumes)
                    .isEqualTo(volumes.values().stream()
                            .mapToInt(Integer::intValue)
                            .sum());
        }
    }

    /** Of each emptyDir its limit. */
    private static Map<String, Integer> gibibytes(JsonNode pod) {
        Map<String, Integer> volumes = new HashMap<>();
        for (JsonNode volume : pod.path("volumes")) {
            if (volume.has("emptyDir")) {
                volumes.put(
                        volume.path("name").asText(),
                        gibibytes(volume.at("/emptyDir/sizeLimit").asText()));
            }
        }
        return volumes;
    }

    private static int gibibytes(String quantity) {
        assertThat(quantity).matches("\\d+Gi");
        return Integer.parseInt(quantity.replace("Gi", ""));
    }

    @ParameterizedTest
    @FieldSource("dev.weir.k8s.Rendering#OVERLAYS")
    void accountsMayNoMoreThanFlinkNeeds(String overlay) throws IOException {
        Manifests manifests = Manifests.of(overlay);

        assertThat(manifests.ofKind("ClusterRole")).isEmpty();
        assertThat(manifests.ofKind("Role")).hasSize(2).allSatisfy(role -> {
            String text = role.toString();
            assertThat(text).doesNotContain("*").doesNotContain("secrets").doesNotContain("exec");
        });
        assertThat(manifests.one("Role", "weir-taskmanager").at("/rules").toString())
                .isEqualTo(
                        "[{\"apiGroups\":[\"\"],\"resources\":[\"configmaps\"],\"verbs\":[\"get\",\"list\",\"watch\"]}]");
        String taskManagers = Manifests.flinkConfiguration(manifests.one("FlinkDeployment"))
                .get("kubernetes.taskmanager.service-account");
        assertThat(manifests.one("ServiceAccount", taskManagers)).isNotNull();
    }

    /** Mount path to volume name, of an emptyDir or a volume claim. */
    private static Map<String, String> writableMounts(JsonNode pod) {
        Map<String, String> mounts = new HashMap<>();
        for (JsonNode mount : pod.at("/containers/0/volumeMounts")) {
            for (JsonNode volume : pod.path("volumes")) {
                boolean writable = volume.has("emptyDir") || volume.has("ephemeral");
                if (writable && volume.path("name").equals(mount.path("name"))) {
                    mounts.put(
                            mount.path("mountPath").asText(),
                            volume.path("name").asText());
                }
            }
        }
        return mounts;
    }

    private static JsonNode serviceSelector(JsonNode resource) {
        return resource.path("kind").asText().equals("Service") ? resource.at("/spec/selector") : resource.path("none");
    }

    /** Labels of the pods that there will be: Flink's, by its naming, and those of Deployments. */
    private static List<Map<String, String>> pods(Manifests manifests) {
        String cluster = Manifests.name(manifests.one("FlinkDeployment"));
        Stream<Map<String, String>> flink = PODS.stream()
                .map(component -> Map.of("app", cluster, "component", component, "type", "flink-native-kubernetes"));
        return Stream.concat(
                        flink,
                        manifests
                                .ofKind("Deployment")
                                .map(one -> Manifests.texts(one.at("/spec/template/metadata/labels"))))
                .toList();
    }
}
