package dev.weir.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testing.RegistryServer;
import dev.weir.testing.catalogtest.Deviations;
import dev.weir.testing.oracle.Outcome;
import dev.weir.testing.outputs.DeadLetters;
import dev.weir.testing.outputs.Rows;
import dev.weir.testing.pipeline.PipelineJob;
import dev.weir.testing.pipeline.PipelinePlan;
import dev.weir.testing.pipeline.PipelineRig;
import dev.weir.testing.pipeline.PipelineRun;
import dev.weir.testing.pipeline.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs every example through the whole job, from topics of its own names to the lake, PostgreSQL and the dead letters. All jobs are
 * submitted at once and share one cluster, where they wait for each other's slots.
 */
class ExamplesIT {
    private static final Duration WITHIN = Duration.ofMinutes(2);

    /** The registry that catalogs name. */
    private static final String REGISTRY = "http://localhost:8081";

    @Server
    static PipelineRig rig;

    @TempDir
    static Path directory;

    private static RegistryServer registry;

    private static final Map<String, PipelineJob> JOBS = new HashMap<>();

    /** Returns the examples whose records are the events. {@link TenFilesIT} runs the other. */
    static List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        for (String name : Example.names()) {
            if (Example.of(name).test().events().stream().allMatch(event -> event.file() == null)) {
                names.add(name);
            }
        }
        return names;
    }

    @BeforeAll
    static void submit() throws Exception {
        registry = RegistryServer.open();
        for (String name : names()) {
            Example example = example(name);
            PipelinePlan plan = PipelinePlan.of(example.config(), 1).withTopics(example.topics());
            int partitions = PipelineRig.partitions(example.test().events());
            JOBS.put(name, rig.start(plan, example.test().events(), partitions));
        }
    }

    /** Returns the example, with the schemas that its events name in the test's registry. */
    private static Example example(String name) throws IOException {
        Example example = Example.of(name);
        example.test().schemas().forEach((id, schema) -> registry.register(id, schema));
        String catalog = Files.readString(example.test().catalog());
        return catalog.contains(REGISTRY)
                ? example.with(
                        Files.writeString(directory.resolve(name + ".yaml"), catalog.replace(REGISTRY, registry.url())))
                : example;
    }

    @AfterAll
    static void close() {
        registry.close();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyRecordHasItsExpectedVerdict(String name) throws Exception {
        Example example = Example.of(name);

        PipelineRun run = JOBS.get(name).end(WITHIN);

        Outcome outcome = new Outcome(
                run.readings().stream().map(Rows::accepted).toList(), run.rows(), run.rejects(), run.books());
        assertThat(Deviations.of(example.test(), example.config(), outcome)).isEmpty();
        DeadLetters.assertOriginalBytes(run.sent(), run.letters());
        run.assertBalanced();
    }
}
