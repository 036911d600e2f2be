package dev.weir.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What is committed was made of what is committed. */
class RenderingTest {
    @Test
    void basesFlinkConfigurationIsFlinkConf() throws IOException {
        assertThat(Files.readString(Rendering.GENERATED_PATCH))
                .as("%s is not what flink-conf/config.yaml says: %s", Rendering.GENERATED_PATCH, Rendering.CURE)
                .isEqualTo(Rendering.patchOfFlinkConf());
    }

    @ParameterizedTest
    @FieldSource("dev.weir.k8s.Rendering#KUSTOMIZATIONS")
    void renderedCopyIsOfTheseFiles(String kustomization) throws IOException {
        assertThat(Files.readString(Rendering.committed(kustomization)).lines().findFirst())
                .as("%s is older than its sources: %s", Rendering.committed(kustomization), Rendering.CURE)
                .contains(Rendering.digestLine());
    }

    /** Documents are compared, not bytes: versions of kubectl differ in how they write YAML. */
    @ParameterizedTest
    @FieldSource("dev.weir.k8s.Rendering#KUSTOMIZATIONS")
    void renderedCopyIsWhatKubectlMakes(String kustomization) throws Exception {
        assumeTrue(Rendering.kubectlIsThere(), "no kubectl on the PATH: only the digest was compared");

        assertThat(Manifests.of(kustomization).all())
                .as("%s: %s", Rendering.committed(kustomization), Rendering.CURE)
                .containsExactlyElementsOf(
                        Manifests.parse(Rendering.render(kustomization)).all());
    }

    /** Not a test: writes what the others compare with. */
    @Test
    @EnabledIfSystemProperty(named = "weir.render", matches = "true")
    void renderAnew() throws Exception {
        Files.writeString(Rendering.GENERATED_PATCH, Rendering.patchOfFlinkConf());
        for (var file : Chart.files().entrySet()) {
            Files.writeString(file.getKey(), file.getValue());
        }
        for (String kustomization : Rendering.KUSTOMIZATIONS) {
            var target = Rendering.committed(kustomization);
            Files.createDirectories(target.getParent());
            Files.writeString(target, Rendering.withDigest(Rendering.render(kustomization)));
        }
        assertThat(Chart.missing()).isEmpty();
        for (String environment : Chart.ENVIRONMENTS) {
            Files.writeString(Chart.committed(environment), Rendering.withDigest(Chart.render(environment)));
        }
    }
}
