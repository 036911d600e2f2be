package dev.weir.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.configuration.MemorySize;

/**
 * What the operator's own validator and Flink's Kubernetes client refuse beyond the schema, re-stated: the validator of that version
 * is not on Maven Central. Each rule returns its problems; none means that the resource would be taken.
 */
final class OperatorRules {
    private static final Pattern NAME = Pattern.compile("[a-z]([-a-z\\d]{0,43}[a-z\\d])?");
    private static final Set<String> FORBIDDEN =
            Set.of("kubernetes.namespace", "kubernetes.cluster-id", "high-availability.cluster-id");
    private static final Set<String> LOGGING = Set.of("log4j-console.properties", "logback-console.xml");
    private static final String CHECKPOINTS = "execution.checkpointing.dir";
    private static final String SAVEPOINTS = "execution.checkpointing.savepoint-dir";
    private static final Set<String> OPTIONS = options();
    /** Names that resolve nowhere or inside a cluster only, and private addresses. */
    private static final Pattern RESTRICTED_HOST = Pattern.compile(
            "localhost|[^.]+|.*\\.(svc|local|internal|test|invalid|example)|(.*\\.)?example\\.(org|com|net)"
                    + "|(127|10|0)\\..*|192\\.168\\..*|169\\.254\\..*|172\\.(1[6-9]|2\\d|3[01])\\..*");

    private final List<String> problems = new ArrayList<>();

    private OperatorRules() {}

    static List<String> problemsOfDeployment(JsonNode deployment) {
        OperatorRules rules = new OperatorRules();
        JsonNode spec = deployment.path("spec");
        Map<String, String> conf = Manifests.flinkConfiguration(deployment);
        rules.name("metadata.name", Manifests.name(deployment));
        rules.require(spec.hasNonNull("flinkVersion"), "spec.flinkVersion is missing");
        rules.require(spec.hasNonNull("serviceAccount"), "spec.serviceAccount is missing");
        spec.path("logConfiguration")
                .fieldNames()
                .forEachRemaining(key -> rules.require(
                        LOGGING.contains(key), "spec.logConfiguration." + key + " is none of " + LOGGING));
        if (spec.hasNonNull("job")) {
            rules.job(spec.path("job"), conf);
        }
        rules.keys(conf);
        rules.highAvailability(spec, conf);
        rules.autoscaler(conf);
        rules.ports(conf);
        rules.memory("jobManager", spec, conf, "jobmanager.memory.process.size");
        rules.memory("taskManager", spec, conf, "taskmanager.memory.process.size");
        return rules.problems;
    }

    /** Together with the cluster that it runs on. */
    static List<String> problemsOfSessionJob(JsonNode job, JsonNode cluster) {
        OperatorRules rules = new OperatorRules();
        JsonNode spec = job.path("spec");
        String cure = "; it names " + spec.path("deploymentName").asText();
        rules.name("spec.deploymentName", spec.path("deploymentName").asText());
        rules.require(spec.path("deploymentName").asText().equals(Manifests.name(cluster)), "no such cluster" + cure);
        rules.require(!cluster.path("spec").hasNonNull("job"), "the cluster is an application of its own" + cure);
        rules.require(spec.hasNonNull("job"), "spec.job is missing");
        Map<String, String> conf = Manifests.flinkConfiguration(cluster);
        conf.putAll(Manifests.flinkConfiguration(job));
        rules.job(spec.path("job"), conf);
        rules.keys(conf);
        rules.autoscaler(conf);
        rules.jar(spec.path("job").path("jarURI").asText());
        boolean own = !conf.containsKey("weir.postgres.url") || isSet(conf, "weir.postgres.schema");
        rules.require(own, "weir.postgres.schema is missing: pipelines of one database need a schema each");
        rules.require(
                !"false".equals(conf.get("web.submit.enable")), "web.submit.enable false keeps the operator out, too");
        return rules.problems;
    }

    static List<String> problemsOfSnapshot(JsonNode snapshot) {
        OperatorRules rules = new OperatorRules();
        JsonNode spec = snapshot.path("spec");
        boolean one = spec.hasNonNull("savepoint") != spec.hasNonNull("checkpoint");
        rules.require(one, "exactly one of spec.savepoint and spec.checkpoint must be set");
        rules.require(spec.hasNonNull("jobReference"), "spec.jobReference is missing");
        return rules.problems;
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            problems.add(otherwise);
        }
    }

    private void name(String field, String name) {
        require(NAME.matcher(name).matches(), field + " " + name + " does not match " + NAME);
    }

    private void job(JsonNode job, Map<String, String> conf) {
        boolean stateless = job.path("upgradeMode").asText("stateless").equals("stateless");
        require(stateless || isSet(conf, CHECKPOINTS), CHECKPOINTS + " is missing: upgradeMode is not stateless");
        boolean savepoints = job.path("upgradeMode").asText().equals("savepoint")
                || conf.containsKey("kubernetes.operator.periodic.savepoint.interval");
        require(!savepoints || isSet(conf, SAVEPOINTS), SAVEPOINTS + " is missing: savepoints are asked for");
        require(job.path("parallelism").asInt() > 0, "spec.job.parallelism must be greater than 0");
    }

    /** The operator, not the cluster, opens it: by default over https only, and from no host that is private or does not resolve. */
    private void jar(String uri) {
        boolean https = uri.startsWith("https:");
        require(
                https,
                "spec.job.jarURI must be https, not " + uri
                        + ": see kubernetes.operator.user.artifacts.allowed-schemes of the operator");
        require(
                !https || !RESTRICTED_HOST.matcher(URI.create(uri).getHost()).matches(),
                "spec.job.jarURI: the operator does not reach the host of " + uri
                        + ": see kubernetes.operator.user.artifacts.disallow-restricted-hosts of the operator");
    }

    private void keys(Map<String, String> conf) {
        for (String key : conf.keySet()) {
            require(!FORBIDDEN.contains(key), key + " belongs to the operator");
            boolean operators = key.startsWith("kubernetes.operator.") || key.startsWith("job.autoscaler.");
            require(!operators || OPTIONS.contains(key), key + " is no option of the operator");
        }
    }

    private void highAvailability(JsonNode spec, Map<String, String> conf) {
        boolean on = !conf.getOrDefault("high-availability.type", "NONE").equalsIgnoreCase("NONE");
        int replicas = spec.path("jobManager").path("replicas").asInt(1);
        require(replicas > 0, "spec.jobManager.replicas must be greater than 0");
        require(on || replicas < 2, "high-availability.type is missing: there is a standby JobManager");
        require(on || !isTrue(conf, "kubernetes.operator.deployment.rollback.enabled"), "rollback needs HA");
        require(!on || isSet(conf, "high-availability.storageDir"), "high-availability.storageDir is missing");
        boolean recovery = !"false".equals(conf.get("kubernetes.operator.jm-deployment-recovery.enabled"));
        require(recovery || !isTrue(conf, "kubernetes.operator.cluster.health-check.enabled"), "health check needs it");
    }

    private void autoscaler(Map<String, String> conf) {
        double target = number(conf, "job.autoscaler.utilization.target", 0.7);
        double max = number(conf, "job.autoscaler.utilization.max", 1);
        double min = number(conf, "job.autoscaler.utilization.min", 0);
        boolean ordered = 0 <= min && min <= target && target <= max && max <= 1;
        require(ordered, "job.autoscaler.utilization must be 0 <= min <= target <= max <= 1");
        double least = number(conf, "job.autoscaler.vertex.min-parallelism", 1);
        double most = number(conf, "job.autoscaler.vertex.max-parallelism", 200);
        require(least <= most, "job.autoscaler.vertex.min-parallelism is greater than max-parallelism");
    }

    /** Flink's Kubernetes client takes no range. */
    private void ports(Map<String, String> conf) {
        for (String key : List.of("rest.bind-port", "blob.server.port", "taskmanager.rpc.port")) {
            String value = conf.getOrDefault(key, "0");
            require(value.matches("\\d+"), key + " must be one port on Kubernetes, got " + value);
        }
    }

    private void memory(String role, JsonNode spec, Map<String, String> conf, String key) {
        String memory = spec.path(role).path("resource").path("memory").asText();
        if (memory.isEmpty()) {
            require(isSet(conf, key), "spec." + role + ".resource.memory is missing");
            return;
        }
        require(!conf.containsKey(key), key + " says what spec." + role + ".resource.memory says");
        try {
            MemorySize.parse(memory);
        } catch (IllegalArgumentException e) {
            problems.add("spec." + role + ".resource.memory: " + e.getMessage());
        }
    }

    private static boolean isSet(Map<String, String> conf, String key) {
        return !conf.getOrDefault(key, "").isBlank();
    }

    private static boolean isTrue(Map<String, String> conf, String key) {
        return "true".equals(conf.get(key));
    }

    private static double number(Map<String, String> conf, String key, double otherwise) {
        return conf.containsKey(key) ? Double.parseDouble(conf.get(key)) : otherwise;
    }

    private static Set<String> options() {
        try (InputStream in = OperatorRules.class.getResourceAsStream("/k8s-operator/operator-options.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
