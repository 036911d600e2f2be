package dev.weir.generation;

/**
 * Holds what a starting subtask knows of itself. All subtasks of one execution attempt make equal claims.
 *
 * @param runId random, one for each execution of {@code main}
 * @param restored the checkpoint or savepoint that the state comes from; {@link Position#NONE} for a start without
 *     state
 * @param stored the generation that the restored state holds; null for a start without state
 * @param verdicts the fingerprint of the present verdict rules
 * @param lakePath null for no lake
 * @param defaultStart whether {@code weir.kafka.start} was left at its default
 * @param rewindAllowed {@code weir.restore.rewind}
 */
public record Claim(
        String pipeline,
        String runId,
        Position restored,
        StoredGeneration stored,
        String verdicts,
        String lakePath,
        boolean defaultStart,
        boolean rewindAllowed) {

    /**
     * Returns the checkpoint id that identifies an allocated generation, together with the run; -1 for a start without
     * state. The same claim made twice is given the same generation.
     */
    long restoredCheckpointId() {
        return stored == null ? -1 : restored.checkpointId();
    }
}
