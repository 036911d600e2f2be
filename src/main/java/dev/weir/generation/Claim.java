package dev.weir.generation;

/**
 * What a starting subtask knows of itself. All subtasks of one attempt make equal claims.
 *
 * @param runId random, one for each execution of {@code main}
 * @param restored the checkpoint or savepoint that the state comes from; {@link Position#NONE} for a start without state
 * @param stored what the restored state says of its generation; null for a start without state
 * @param verdicts fingerprint of what decides verdicts now
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

    /** What identifies the allocation of a generation: the same claim made twice is given the same one. */
    long restoredCheckpointId() {
        return stored == null ? -1 : restored.checkpointId();
    }
}
