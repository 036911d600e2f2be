package dev.weir.bench;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What Flink says of a job's checkpoints.
 *
 * @param maxBytes the greatest amount that one uploaded
 * @param stateBytes the whole state at the greatest of them
 */
record Checkpoints(long completed, long averageMillis, long maxMillis, long maxBytes, long stateBytes) {

    /** @param answer of {@code /jobs/<id>/checkpoints} */
    static Checkpoints of(JsonNode answer) {
        JsonNode summary = answer.path("summary");
        JsonNode duration = summary.path("end_to_end_duration");
        return new Checkpoints(
                answer.path("counts").path("completed").asLong(),
                duration.path("avg").asLong(),
                duration.path("max").asLong(),
                summary.path("checkpointed_size").path("max").asLong(),
                summary.path("state_size").path("max").asLong());
    }
}
