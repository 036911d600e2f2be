package dev.weir.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What can be said of a release without making one. */
class ReleaseTest {
    private static final Path SCRIPT = Path.of("release/release.sh");
    private static final Path WORKFLOW = Path.of(".github/workflows/release.yml");
    private static final Pattern FILE = Pattern.compile("weir-(?:\\$version|VERSION)([a-z.-]*\\.(?:jar|json|tar))");

    @Test
    void theWorkflowTestsAndThenRunsTheScriptThatRunsAnywhere() throws IOException {
        JsonNode steps = new YAMLMapper().readTree(WORKFLOW.toFile()).at("/jobs/release/steps");
        String commands = String.join("\n", steps.findValuesAsText("run"));

        assertThat(commands).containsSubsequence(".ci/run", SCRIPT.toString(), "docker push", "gh release create");
        assertThat(Files.isExecutable(SCRIPT)).isTrue();
        assertThat(Files.isExecutable(Path.of(".ci/run"))).isTrue();
    }

    /** An action that its owner moves to other code would have the right to publish. */
    @Test
    void theWorkflowUsesGitHubsOwnActionsOnlyAndHoldsNoSecret() throws IOException {
        JsonNode workflow = new YAMLMapper().readTree(WORKFLOW.toFile());

        assertThat(workflow.findValuesAsText("uses")).allMatch(action -> action.startsWith("actions/"));
        assertThat(Files.readString(WORKFLOW)).doesNotContain("password:");
        assertThat(workflow.path("permissions").size()).isEqualTo(2);
    }

    @Test
    void thePageNamesEveryFileOfTheScript() throws IOException {
        String page = Files.readString(Path.of("docs/releasing.md"));
        Matcher file = FILE.matcher(Files.readString(SCRIPT));
        int files = 0;
        while (file.find()) {
            files++;
            assertThat(page).contains("`weir-<version>" + file.group(1) + "`");
        }
        assertThat(files).isGreaterThan(4);
        assertThat(page).contains("SHA256SUMS");
    }
}
