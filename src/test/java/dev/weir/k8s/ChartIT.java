package dev.weir.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** helm itself: it lints the chart, and renders what is committed. */
@Tag("deploy")
class ChartIT {
    @BeforeAll
    static void helm() throws Exception {
        String missing = Chart.missing();
        assumeTrue(missing.isEmpty(), missing);
    }

    @ParameterizedTest
    @FieldSource("dev.weir.k8s.Chart#ENVIRONMENTS")
    void lints(String environment) throws Exception {
        Chart.Result lint = Chart.helm(
                "lint",
                "--strict",
                Chart.ROOT.toString(),
                "--values=" + Chart.ROOT.resolve("values-" + environment + ".yaml"));

        assertThat(lint.exitCode()).as(lint.output()).isZero();
        assertThat(lint.output()).doesNotContain("[WARNING]", "[ERROR]");
    }

    @ParameterizedTest
    @FieldSource("dev.weir.k8s.Chart#ENVIRONMENTS")
    void rendersWhatIsCommitted(String environment) throws Exception {
        assertThat(Manifests.parse(Chart.render(environment)).all())
                .as("%s: %s", Chart.committed(environment), Rendering.CURE)
                .containsExactlyElementsOf(Manifests.parse(Files.readString(Chart.committed(environment)))
                        .all());
    }

    @Test
    void aCatalogOfOnesOwnChangesTheDeploymentAndNullTakesAnOptionAway() throws Exception {
        Manifests as = Manifests.parse(Chart.render("prod"));
        Manifests other = Manifests.parse(Chart.render(
                "prod",
                "--set-file=catalog=src/test/resources/demo/catalog.yaml",
                "--set-json=flinkConfiguration.s3\\.path-style-access=\"true\"",
                "--set-json=flinkConfiguration.web\\.submit\\.enable=null",
                "--set=secrets.s3=,namespace.create=false"));

        assertThat(catalogName(other)).startsWith("weir-catalog-").isNotEqualTo(catalogName(as));
        assertThat(other.one("ConfigMap", catalogName(other))
                        .at("/data/catalog.yaml")
                        .asText()
                        .strip())
                .isEqualTo(Files.readString(java.nio.file.Path.of("src/test/resources/demo/catalog.yaml"))
                        .strip());
        Map<String, String> conf = Manifests.flinkConfiguration(other.one("FlinkDeployment"));
        assertThat(conf).containsEntry("s3.path-style-access", "true").doesNotContainKey("web.submit.enable");
        assertThat(other.one("FlinkDeployment")
                        .at("/spec/podTemplate/spec/containers/0")
                        .has("env"))
                .isFalse();
        assertThat(other.ofKind("Namespace")).isEmpty();
        assertThat(OperatorRules.problemsOfDeployment(other.one("FlinkDeployment")))
                .isEmpty();
    }

    private static String catalogName(Manifests manifests) {
        for (JsonNode volume : manifests.one("FlinkDeployment").at("/spec/podTemplate/spec/volumes")) {
            if (volume.path("name").asText().equals("catalog")) {
                return volume.at("/configMap/name").asText();
            }
        }
        throw new IllegalStateException("no volume of the catalog");
    }
}
