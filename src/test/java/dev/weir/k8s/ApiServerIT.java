package dev.weir.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * A real API server with the operator's CRDs takes every kustomization, refuses mistakes, and gives the accounts no
 * more than they need.
 */
@Tag("deploy")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiServerIT {
    private static final List<String> KINDS = List.of("FlinkDeployment", "FlinkSessionJob", "FlinkStateSnapshot");

    /** Its schema is not at hand, so that the name is all that is checked here; PlainKinds checks the fields. */
    private static final String POD_MONITORS =
            """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata:
              name: podmonitors.monitoring.coreos.com
            spec:
              group: monitoring.coreos.com
              names: {kind: PodMonitor, plural: podmonitors, singular: podmonitor, listKind: PodMonitorList}
              scope: Namespaced
              versions:
                - name: v1
                  served: true
                  storage: true
                  schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
            """;

    private Path directory;
    private ApiServer server;

    @BeforeAll
    void start(@TempDir Path empty) throws Exception {
        directory = empty;
        Path cache = Path.of(
                System.getProperty("weir.deploy.cache", System.getProperty("user.home") + "/.cache/weir-deploy"),
                "kubernetes");
        server = ApiServer.start(cache, directory);
        for (String kind : KINDS) {
            ok("apply", "--server-side", "-f", file("crd-" + kind, Manifests.write(crd(kind))));
        }
        ok("apply", "--server-side", "-f", file("crd-pod-monitors", POD_MONITORS));
        ok("wait", "--for=condition=Established", "--timeout=60s", "crd", "--all");
        for (String overlay : Rendering.OVERLAYS) {
            // First, so that all else can be tried without being stored.
            ok(
                    "apply",
                    "-f",
                    file("namespace", Manifests.write(Manifests.of(overlay).one("Namespace"))));
        }
        ok("apply", "--validate=strict", "-f", file("prod", forThisServer(Manifests.of("overlays/prod"))));
    }

    @AfterAll
    void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest
    @FieldSource("dev.weir.k8s.Rendering#OVERLAYS")
    void takesEveryOverlay(String overlay) throws Exception {
        Manifests manifests = Manifests.of(overlay);

        String output =
                ok("apply", "--dry-run=server", "--validate=strict", "-f", file("overlay", forThisServer(manifests)));

        assertThat(output.lines().filter(line -> line.contains("(server dry run)")))
                .hasSameSizeAs(manifests.all());
    }

    @Test
    void takesTheSnapshotOfARunningDeployment() throws Exception {
        String snapshot = file("snapshot", forThisServer(Manifests.of("snapshot")));

        ok("create", "--namespace=weir", "--validate=strict", "-f", snapshot);

        assertThat(ok("get", "flinkdeployments,flinkstatesnapshots", "--namespace=weir", "-o=name"))
                .contains("flinkdeployment.flink.apache.org/weir")
                .contains("flinkstatesnapshot.flink.apache.org/weir-before-change");
    }

    @ParameterizedTest
    @CsvSource({
        "/spec/job, upgradeMode, stateles, Unsupported value",
        "/spec, tyop, x, unknown field",
        "/spec/podTemplate/spec/containers/0, imagee, x, unknown field",
        "/spec/job, parallelism, two, integer",
        "/spec, flinkVersion, v2_9, Unsupported value",
    })
    void refusesAMistake(String place, String field, String value, String message) throws Exception {
        ObjectNode deployment = Manifests.of("overlays/dev").one("FlinkDeployment");
        ((ObjectNode) deployment.at(place)).put(field, value);

        ApiServer.Result result = server.kubectl(
                "apply", "--dry-run=server", "--validate=strict", "-f", file("wrong", Manifests.write(deployment)));

        assertThat(result.exitCode()).as(result.output()).isNotZero();
        assertThat(result.output()).contains(message);
    }

    @ParameterizedTest
    @CsvSource({
        "weir, create, pods, weir, yes",
        "weir, delete, pods, weir, yes",
        "weir, watch, configmaps, weir, yes",
        "weir, update, configmaps, weir, yes",
        "weir, get, deployments.apps, weir, yes",
        "weir, update, deployments.apps/finalizers, weir, yes",
        "weir, delete, deployments.apps, weir, no",
        "weir, get, secrets, weir, no",
        "weir, create, pods/exec, weir, no",
        "weir, create, pods, weir-dev, no",
        "weir, get, nodes, weir, no",
        "weir, patch, flinkdeployments.flink.apache.org, weir, no",
        "weir-taskmanager, watch, configmaps, weir, yes",
        "weir-taskmanager, update, configmaps, weir, no",
        "weir-taskmanager, get, pods, weir, no",
        "weir-taskmanager, get, secrets, weir, no",
        "default, get, configmaps, weir, no",
    })
    void accountMay(String account, String verb, String resource, String namespace, String answer) throws Exception {
        String[] parts = resource.split("/", -1);
        String output = server.kubectl(
                        "auth",
                        "can-i",
                        verb,
                        parts[0],
                        parts.length > 1 ? "--subresource=" + parts[1] : "--quiet=false",
                        "--namespace=" + namespace,
                        "--as=system:serviceaccount:weir:" + account)
                .output();

        // A warning may go before it.
        assertThat(output.strip().lines().reduce((first, second) -> second)).contains(answer);
    }

    private String ok(String... arguments) throws Exception {
        ApiServer.Result result = server.kubectl(arguments);
        assertThat(result.exitCode())
                .as("kubectl %s\n%s", String.join(" ", arguments), result.output())
                .isZero();
        return result.output();
    }

    private String file(String name, String yaml) throws IOException {
        return Files.writeString(directory.resolve(name + ".yaml"), yaml).toString();
    }

    /** It is of Kubernetes 1.20, where a disruption budget, the same in all fields used here, was still a beta. */
    private static String forThisServer(Manifests manifests) {
        return manifests.all().stream()
                .map(Manifests::write)
                .map(yaml -> yaml.replace("\"policy/v1\"", "\"policy/v1beta1\""))
                .collect(Collectors.joining());
    }

    private static JsonNode crd(String kind) {
        JsonNode crd = CrdSchema.crd(kind);
        String versions = "/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/flinkVersion/enum";
        if (crd.at(versions) instanceof ArrayNode known) {
            CrdSchema.NEWER_FLINK.forEach(known::add);
        }
        return crd;
    }
}
