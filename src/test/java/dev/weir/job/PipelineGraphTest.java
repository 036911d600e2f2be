package dev.weir.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.weir.config.WeirConfig;
import dev.weir.config.WeirConfig.Postgres.Delivery;
import dev.weir.config.WeirOptions;
import dev.weir.flink.WeirTypes;
import dev.weir.generation.Run;
import dev.weir.output.Output;
import dev.weir.source.EventSource;
import dev.weir.testing.generate.TestConfigs;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.streaming.runtime.partitioner.KeyGroupStreamPartitioner;
import org.junit.jupiter.api.Test;

/** The shape that savepoints and order depend on. */
class PipelineGraphTest {
    private static final int PARALLELISM = 2;

    /**
     * Every operator by its uid. A savepoint finds its state by the uid: a change here loses state. New operators are added; what is
     * there never changes but in its name on the right.
     */
    @Test
    void everyOperatorHasTheUidThatSavepointsKnow() {
        assertThat(names(Delivery.EXACTLY_ONCE))
                .containsOnly(
                        entry("events", "Source: Events from Kafka"),
                        entry("intake", "Decode and check"),
                        entry("gather", "Gather by subtask"),
                        entry("series", "Series: validate, deduplicate, aggregate"),
                        entry("readings-lake", "Readings to the lake: Writer"),
                        entry("Sink Committer: readings-lake", "Readings to the lake: Committer"),
                        entry("aggregates-lake", "Aggregates to the lake: Writer"),
                        entry("Sink Committer: aggregates-lake", "Aggregates to the lake: Committer"),
                        entry("postgres", "Aggregates to PostgreSQL"),
                        entry("dead-letter-records", "Write dead letters"),
                        entry("dead-letters", "Dead letters to Kafka: Writer"),
                        entry("Sink Committer: dead-letters", "Dead letters to Kafka: Committer"),
                        entry("books", "Books and fence"));
    }

    @Test
    void atLeastOnceToPostgresqlHasUidsOfItsOwn() {
        assertThat(names(Delivery.AT_LEAST_ONCE))
                .doesNotContainKey("postgres")
                .contains(
                        entry("postgres-at-least-once", "Aggregates to PostgreSQL, at least once: Writer"),
                        // the connector's sink has one, with nothing to do
                        entry(
                                "Sink Committer: postgres-at-least-once",
                                "Aggregates to PostgreSQL, at least once: Committer"));
    }

    private static Map<String, String> names(Delivery delivery) {
        Map<String, String> names = new TreeMap<>();
        for (StreamNode node : graph(delivery).getStreamNodes()) {
            names.put(String.valueOf(node.getTransformationUID()), node.getOperatorName());
        }
        return names;
    }

    @Test
    void theGreatestParallelismIsPartOfEverySavepoint() {
        assertThat(JobDefinition.MAX_PARALLELISM).isEqualTo(720);
    }

    /** With Flink's 10 min a transaction of dead letters would not last. */
    @Test
    void aCheckpointEndsAfterTwoMinutesUnlessTheUserSaysOtherwise() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
        JobDefinition.transactionLife(env, TestConfigs.longJson());
        assertThat(env.getCheckpointConfig().getCheckpointTimeout()).isEqualTo(120_000);

        env.configure(Configuration.fromMap(Map.of("execution.checkpointing.timeout", "7 s")));
        assertThat(JobDefinition.transactionLife(env, TestConfigs.longJson()).checkpointTimeout())
                .hasSeconds(7);
        assertThat(env.getCheckpointConfig().getCheckpointTimeout()).isEqualTo(7_000);
    }

    /** A second vertex before it would be rebalanced when rescaled, and lose the partitions' order. */
    @Test
    void exactlyOneVertexPrecedesTheExchangeBySeries() {
        StreamGraph graph = graph(Delivery.EXACTLY_ONCE);
        List<String> keyed = graph.getStreamNodes().stream()
                .filter(node -> node.getInEdges().stream()
                        .anyMatch(edge -> edge.getPartitioner() instanceof KeyGroupStreamPartitioner))
                .map(StreamNode::getTransformationUID)
                .toList();
        assertThat(keyed).containsExactly("series");

        JobGraph job = graph.getJobGraph();
        JobVertex source = vertex(job, "Events from Kafka");
        JobVertex series = vertex(job, "Series: ");
        assertThat(source.getName()).contains("Decode and check");
        assertThat(source.getInputs()).isEmpty();
        assertThat(series.getInputs()).hasSize(1);
        assertThat(series.getInputs().get(0).getSource().getProducer()).isEqualTo(source);
    }

    private static JobVertex vertex(JobGraph job, String operator) {
        return job.getVerticesSortedTopologicallyFromSources().stream()
                .filter(vertex -> vertex.getName().contains(operator))
                .findFirst()
                .orElseThrow();
    }

    /**
     * As production builds it. Without generic types and generated uids: a type that falls back to Kryo, or an operator
     * without uid, fails.
     */
    private static StreamGraph graph(Delivery delivery) {
        Configuration configuration = new Configuration();
        configuration.setString("pipeline.generic-types", "false");
        configuration.setString("pipeline.auto-generate-uids", "false");
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(PARALLELISM);
        WeirConfig base = TestConfigs.longJson();
        WeirConfig config = TestConfigs.withSinks(
                base,
                base.kafka(),
                new WeirConfig.Lake("file:///nowhere", WeirOptions.Compression.ZSTD, 64),
                new WeirConfig.Postgres(
                        "jdbc:postgresql://127.0.0.1:1/nowhere",
                        "nobody",
                        null,
                        null,
                        "public",
                        delivery,
                        true,
                        1 << 20));
        List<Output> outputs = JobDefinition.outputs(config, "run", JobDefinition.transactionLife(env, config));
        Pipeline.build(
                env,
                EventSource.create(config, WeirTypes.EVENT),
                outputs,
                new Run("run", config, Output.fenceOf(outputs)),
                Pipeline.STRAIGHT);
        return env.getStreamGraph();
    }
}
