package dev.weir.testing.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.config.WeirConfig;
import dev.weir.core.model.Event;
import dev.weir.core.model.Origin;
import dev.weir.testing.KafkaBroker;
import dev.weir.testing.PostgresServer;
import dev.weir.testing.outputs.PostgresOutputs;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** One run of the production job while it is under way: events can be sent, and it is seen as its REST interface shows it. */
public final class PipelineJob {
    private final KafkaBroker broker;
    private final PostgresServer postgres;
    private final MiniCluster cluster;
    private final WeirConfig config;
    private final List<Event> sent = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private JobGraph graph;
    private JobID id;

    public PipelineJob(KafkaBroker broker, PostgresServer postgres, MiniCluster cluster, WeirConfig config) {
        this.broker = broker;
        this.postgres = postgres;
        this.cluster = cluster;
        this.config = config;
    }

    /** The job is submitted. */
    public void begin(JobGraph job) throws Exception {
        graph = job;
        id = cluster.submitJob(job).get().getJobID();
    }

    /** The job that runs already is seen through this. */
    public PipelineJob attach(JobID running) {
        id = running;
        return this;
    }

    /** The events are in the run's topic, in this order. */
    public void send(List<Event> events) {
        broker.send(records(events));
    }

    /** The events are on their way to the run's topic, in this order. */
    public void send(KafkaProducer<byte[], byte[]> producer, List<Event> events) {
        for (ProducerRecord<byte[], byte[]> record : records(events)) {
            var unused = producer.send(record);
        }
    }

    /** An event whose topic the run does not have goes to its first one. */
    private List<ProducerRecord<byte[], byte[]>> records(List<Event> events) {
        List<String> topics = config.kafka().topics();
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (Event event : events) {
            boolean has = topics.contains(event.origin().topic());
            Event named = has ? event : PipelineRig.inTopic(event, topics.get(0));
            sent.add(named);
            records.add(record(named));
        }
        return records;
    }

    private static ProducerRecord<byte[], byte[]> record(Event event) {
        Origin at = event.origin();
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(at.topic(), at.partition(), at.timestampMillis(), event.key(), event.value());
        event.headers().forEach(header -> record.headers().add(header.name(), header.value()));
        return record;
    }

    /** To the run's database. */
    public Connection connect() throws SQLException {
        return postgres.connect(config.postgres().url());
    }

    public WeirConfig config() {
        return config;
    }

    public List<Event> sent() {
        return sent;
    }

    /** How many events the books in the database say were read. */
    public long eventsInBooks() throws SQLException {
        try (Connection connection = postgres.connect(config.postgres().url())) {
            return PostgresOutputs.books(connection, config.pipeline()).getOrDefault("events.read", 0L);
        }
    }

    public boolean hasEnded() throws Exception {
        return cluster.getJobStatus(id).get().isGloballyTerminalState();
    }

    public long completedCheckpoints() throws IOException {
        return rest("/checkpoints").path("counts").path("completed").asLong();
    }

    public long failedCheckpoints() throws IOException {
        return rest("/checkpoints").path("counts").path("failed").asLong();
    }

    /** What its web page would tell somebody who asks why it does not get on. */
    public String describe() throws IOException {
        return rest("").path("state") + ", checkpoints " + rest("/checkpoints").path("counts") + ", failures "
                + rest("/exceptions").path("exceptionHistory").path("entries");
    }

    /** Of the metric whose name ends so, the greatest over the subtasks of all vertices that have it; empty before it is known. */
    public OptionalLong greatest(String metric) throws IOException {
        OptionalLong greatest = OptionalLong.empty();
        for (JsonNode vertex : rest("").path("vertices")) {
            OptionalLong value = greatest(vertex.path("id").asText(), metric);
            if (value.isPresent() && value.getAsLong() >= greatest.orElse(Long.MIN_VALUE)) {
                greatest = value;
            }
        }
        return greatest;
    }

    /** The same of one vertex: the one that holds the named operator. */
    public OptionalLong greatestAt(String operator, String metric) throws IOException {
        for (JsonNode vertex : rest("").path("vertices")) {
            if (vertex.path("name").asText().contains(operator)) {
                return greatest(vertex.path("id").asText(), metric);
            }
        }
        return OptionalLong.empty();
    }

    /** The input has ended, as with {@code flink stop --drain}; all is committed. */
    public void drain(Path directory) throws Exception {
        cluster.stopWithSavepoint(id, directory.toUri().toString(), true, SavepointFormatType.CANONICAL)
                .get();
    }

    /** What it has left behind, once it has ended by itself or by {@link #drain}. */
    public PipelineRun end(Duration within) throws Exception {
        try {
            cluster.requestJobResult(id)
                    .get(within.toSeconds(), TimeUnit.SECONDS)
                    .toJobExecutionResult(PipelineJob.class.getClassLoader());
        } catch (TimeoutException e) {
            cancel();
            throw e;
        }
        return PipelineRun.read(
                broker,
                postgres,
                config,
                sent,
                graph,
                cluster.getArchivedExecutionGraph(id).get());
    }

    /** Ends it if a test could not: so that it takes no slots from the next. */
    public void cancel() throws Exception {
        if (!hasEnded()) {
            cluster.cancelJob(id).get();
        }
    }

    private OptionalLong greatest(String vertex, String metric) throws IOException {
        String metrics = "/vertices/" + vertex + "/subtasks/metrics";
        for (Iterator<JsonNode> names = rest(metrics).elements(); names.hasNext(); ) {
            String name = names.next().path("id").asText();
            if (name.endsWith(metric)) {
                JsonNode value = rest(metrics + "?agg=max&get=" + name).path(0).path("max");
                return value.isMissingNode() ? OptionalLong.empty() : OptionalLong.of((long) value.asDouble());
            }
        }
        return OptionalLong.empty();
    }

    private JsonNode rest(String path) throws IOException {
        try {
            URI address = cluster.getRestAddress().get().resolve("/jobs/" + id + path);
            HttpResponse<String> response =
                    http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
            return json.readTree(response.body());
        } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
            throw new IOException(e);
        }
    }
}
