package dev.weir.k8s;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every resource is one that the API server and the operator would take, and what they would refuse is refused here. */
class ManifestsTest {
    private static final Map<String, CrdSchema> SCHEMAS = Stream.of(
                    "FlinkDeployment", "FlinkSessionJob", "FlinkStateSnapshot")
            .collect(toMap(kind -> kind, CrdSchema::of));

    @ParameterizedTest
    @FieldSource("dev.weir.k8s.Rendering#KUSTOMIZATIONS")
    void everyResourceIsValid(String kustomization) throws IOException {
        Manifests manifests = Manifests.of(kustomization);

        assertThat(manifests.all()).isNotEmpty().allSatisfy(resource -> assertThat(problems(resource))
                .isEmpty());
        assertThat(manifests.ofKind("FlinkDeployment"))
                .allSatisfy(one ->
                        assertThat(OperatorRules.problemsOfDeployment(one)).isEmpty());
        assertThat(manifests.ofKind("FlinkStateSnapshot"))
                .allSatisfy(
                        one -> assertThat(OperatorRules.problemsOfSnapshot(one)).isEmpty());
    }

    @Test
    void sessionJobsFitTheirCluster() throws IOException {
        Manifests manifests = Manifests.of("session");

        assertThat(manifests.ofKind("FlinkSessionJob")).isNotEmpty().allSatisfy(one -> assertThat(
                        OperatorRules.problemsOfSessionJob(one, manifests.one("FlinkDeployment")))
                .isEmpty());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mutations")
    void refusesADeploymentThatIsWrong(String mistake, Consumer<ObjectNode> mutation, String message)
            throws IOException {
        ObjectNode deployment = Manifests.of("overlays/prod").one("FlinkDeployment");
        mutation.accept(deployment);

        List<String> problems = Stream.concat(
                        problems(deployment).stream(), OperatorRules.problemsOfDeployment(deployment).stream())
                .toList();

        assertThat(problems).as(mistake).hasSize(1);
        assertThat(problems.get(0)).contains(message);
    }

    static Stream<Arguments> mutations() {
        return Stream.of(
                mutation("unknown field", one -> spec(one).put("tyop", 1), "'tyop' is not defined"),
                mutation("in the job", one -> at(one, "job").put("jarUri", "x"), "'jarUri' is not defined"),
                mutation("in a container", one -> container(one).put("imagee", "x"), "'imagee' is not defined"),
                mutation(
                        "in its security",
                        one -> ((ObjectNode) container(one).path("securityContext"))
                                .put("readonlyRootFilesystem", true),
                        "'readonlyRootFilesystem' is not defined"),
                mutation(
                        "in a volume",
                        one -> ((ObjectNode) one.at("/spec/podTemplate/spec/volumes/0")).put("emtpyDir", "x"),
                        "'emtpyDir' is not defined"),
                mutation("wrong enum", one -> at(one, "job").put("upgradeMode", "stateles"), "upgradeMode"),
                mutation("Flink of tomorrow", one -> spec(one).put("flinkVersion", "v2_9"), "flinkVersion"),
                mutation("wrong type", one -> at(one, "taskManager").put("replicas", "two"), "integer expected"),
                mutation("number for text", one -> conf(one).put("rest.bind-port", 8081), "string expected"),
                mutation(
                        "nested configuration",
                        one -> conf(one).putObject("rest").put("port", 1),
                        "string expected"),
                mutation("bad name", one -> ((ObjectNode) one.path("metadata")).put("name", "weir_1"), "metadata.name"),
                mutation("no checkpoints", one -> conf(one).remove("execution.checkpointing.dir"), "checkpointing.dir"),
                mutation(
                        "no savepoints",
                        one -> conf(one).remove("execution.checkpointing.savepoint-dir"),
                        "savepoint-dir"),
                mutation("standby without HA", one -> conf(one).put("high-availability.type", "NONE"), "standby"),
                mutation("the operator's key", one -> conf(one).put("kubernetes.cluster-id", "x"), "belongs to"),
                mutation("misspelt option", one -> conf(one).put("job.autoscaler.enable", "true"), "is no option"),
                mutation("other logging", one -> at(one, "logConfiguration").put("log4j.properties", ""), "none of"),
                mutation("range of ports", one -> conf(one).put("rest.bind-port", "8081-8089"), "must be one port"),
                mutation(
                        "memory",
                        one -> ((ObjectNode) at(one, "taskManager").path("resource")).put("memory", "8 gigs"),
                        "resource.memory"),
                mutation("memory twice", one -> conf(one).put("taskmanager.memory.process.size", "8g"), "says what"),
                mutation("autoscaler", one -> conf(one).put("job.autoscaler.utilization.target", "0.9"), "utilization"),
                mutation("no parallelism", one -> at(one, "job").put("parallelism", 0), "greater than 0"),
                mutation("no account", one -> spec(one).remove("serviceAccount"), "serviceAccount"),
                mutation("replicas", one -> at(one, "jobManager").put("replicas", 0), "replicas must"));
    }

    @Test
    void refusesAPlainKindThatIsWrong() throws IOException {
        Manifests manifests = Manifests.of("overlays/prod");
        ObjectNode policy = manifests.one("NetworkPolicy", "weir");
        ((ObjectNode) policy.at("/spec/ingress/0/from/0")).putObject("podSelectr");
        ObjectNode budget = manifests.one("PodDisruptionBudget", "weir-jobmanager");
        ((ObjectNode) budget.path("spec")).put("minAvailible", 1);
        ObjectNode monitor = manifests.one("PodMonitor");
        ((ObjectNode) monitor.at("/spec/podMetricsEndpoints/0")).put("prot", "metrics");
        ObjectNode secret = policy.deepCopy().put("apiVersion", "v1").put("kind", "Secret");

        assertThat(problems(policy)).singleElement().asString().contains("podSelectr");
        assertThat(problems(budget)).singleElement().asString().contains("minAvailible");
        assertThat(problems(monitor)).singleElement().asString().contains("prot");
        assertThat(problems(secret)).singleElement().asString().contains("nothing here checks");
    }

    @Test
    void refusesASessionJobOnTheWrongCluster() throws IOException {
        Manifests manifests = Manifests.of("session");
        ObjectNode job = manifests.one("FlinkSessionJob");
        ObjectNode application = Manifests.of("overlays/prod").one("FlinkDeployment");

        assertThat(OperatorRules.problemsOfSessionJob(job, application))
                .anySatisfy(problem -> assertThat(problem).contains("an application of its own"))
                .anySatisfy(problem -> assertThat(problem).contains("keeps the operator out"));
    }

    /** As the operator's 1.15 validator does with its defaults. */
    @ParameterizedTest
    @CsvSource({
        "local:///opt/flink/usrlib/weir.jar, allowed-schemes",
        "s3://weir/weir.jar, allowed-schemes",
        "http://repo1.maven.org/weir.jar, allowed-schemes",
        "https://artifacts.example.org/weir/weir-0.1.0.jar, disallow-restricted-hosts",
        "https://artifacts.tools.svc/weir.jar, disallow-restricted-hosts",
        "https://10.1.2.3/weir.jar, disallow-restricted-hosts",
    })
    void refusesAJarThatTheOperatorDoesNotFetch(String uri, String option) throws IOException {
        Manifests manifests = Manifests.of("session");
        ObjectNode job = manifests.one("FlinkSessionJob");
        at(job, "job").put("jarURI", uri);

        assertThat(OperatorRules.problemsOfSessionJob(job, manifests.one("FlinkDeployment")))
                .singleElement()
                .asString()
                .contains("kubernetes.operator.user.artifacts." + option);
        assertThat(Files.readString(Path.of("docs/kubernetes.md")))
                .contains("kubernetes.operator.user.artifacts." + option);
    }

    @Test
    void refusesASessionJobInTheSchemaOfOthers() throws IOException {
        Manifests manifests = Manifests.of("session");
        ObjectNode job = manifests.one("FlinkSessionJob");
        ((ObjectNode) job.at("/spec/flinkConfiguration")).remove("weir.postgres.schema");

        assertThat(OperatorRules.problemsOfSessionJob(job, manifests.one("FlinkDeployment")))
                .singleElement()
                .asString()
                .contains("weir.postgres.schema is missing");
    }

    @Test
    void refusesASnapshotOfTwoKinds() throws IOException {
        ObjectNode snapshot = Manifests.of("snapshot").one("FlinkStateSnapshot");
        spec(snapshot).putObject("checkpoint");
        assertThat(OperatorRules.problemsOfSnapshot(snapshot))
                .singleElement()
                .asString()
                .contains("exactly one");
    }

    private static List<String> problems(JsonNode resource) {
        return resource.path("apiVersion").asText().startsWith("flink.apache.org/")
                ? SCHEMAS.get(resource.path("kind").asText()).problems(resource)
                : PlainKinds.problems(resource);
    }

    private static Arguments mutation(String mistake, Consumer<ObjectNode> mutation, String message) {
        return Arguments.of(mistake, mutation, message);
    }

    private static ObjectNode spec(ObjectNode resource) {
        return (ObjectNode) resource.path("spec");
    }

    private static ObjectNode at(ObjectNode resource, String field) {
        return (ObjectNode) resource.path("spec").path(field);
    }

    private static ObjectNode conf(ObjectNode resource) {
        return at(resource, Manifests.FLINK_CONFIGURATION);
    }

    private static ObjectNode container(ObjectNode resource) {
        return (ObjectNode) resource.at("/spec/podTemplate/spec/containers/0");
    }
}
