package dev.weir.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The Helm chart makes what kustomize makes, by its committed renderings; {@link ChartIT} asks helm itself. */
class ChartTest {
    @Test
    void itsFilesAreThoseThatKustomizeReads() throws IOException {
        for (Map.Entry<Path, String> file : Chart.files().entrySet()) {
            assertThat(Files.readString(file.getKey()))
                    .as("%s: %s", file.getKey(), Rendering.CURE)
                    .isEqualTo(file.getValue());
        }
    }

    @ParameterizedTest
    @FieldSource("dev.weir.k8s.Chart#ENVIRONMENTS")
    void renderedCopyIsOfTheseFiles(String environment) throws IOException {
        assertThat(Files.readString(Chart.committed(environment)).lines().findFirst())
                .as("%s is older than its sources: %s", Chart.committed(environment), Rendering.CURE)
                .contains(Rendering.digestLine());
    }

    @ParameterizedTest
    @FieldSource("dev.weir.k8s.Chart#ENVIRONMENTS")
    void makesTheObjectsOfTheOverlay(String environment) throws IOException {
        Map<String, JsonNode> chart = Chart.objects(Manifests.parse(Files.readString(Chart.committed(environment))));
        Map<String, JsonNode> overlay = Chart.objects(Manifests.of("overlays/" + environment));

        assertThat(chart.keySet()).isEqualTo(overlay.keySet());
        overlay.forEach((name, object) -> assertThat(chart.get(name)).as(name).isEqualTo(object));
    }

    /** A values file that misspells a value would be taken in silence. */
    @ParameterizedTest
    @FieldSource("dev.weir.k8s.Chart#ENVIRONMENTS")
    void valuesOfAnEnvironmentAreValuesOfTheChart(String environment) throws IOException {
        List<String> known = paths("", Manifests.read(Chart.ROOT.resolve("values.yaml")));

        assertThat(known).containsAll(paths("", Manifests.read(Chart.ROOT.resolve("values-" + environment + ".yaml"))));
    }

    /** Each value stands below a comment, or below a value that does. */
    @Test
    void everyGroupOfValuesIsUsedByATemplate() throws IOException {
        StringBuilder templates = new StringBuilder();
        try (Stream<Path> files = Files.list(Chart.ROOT.resolve("templates"))) {
            for (Path file : files.toList()) {
                templates.append(Files.readString(file));
            }
        }
        assertThat(paths("", Manifests.read(Chart.ROOT.resolve("values.yaml"))))
                .allSatisfy(path -> assertThat(templates).containsPattern("\\.Values\\." + path.replace(".", "\\.")));
    }

    /** Of every value but those in lists and of Flink. */
    private static List<String> paths(String above, JsonNode node) {
        List<String> paths = new ArrayList<>();
        node.properties().forEach(entry -> {
            String path = above + entry.getKey();
            if (entry.getValue().isObject() && !path.equals(Manifests.FLINK_CONFIGURATION)) {
                paths.addAll(paths(path + ".", entry.getValue()));
            } else {
                paths.add(path);
            }
        });
        return paths;
    }
}
