package dev.weir.output;

import dev.weir.doctor.Area;
import dev.weir.generation.Fence;
import java.util.List;

/**
 * Connects the job to one outside system that gets results. To add an output, implement this and add it to {@code
 * JobDefinition.outputs}; graph, doctor and fence then include it. An output that the configuration does not name is
 * not created.
 *
 * <p>Creating an output touches nothing outside. {@link #prepare} and the area's checks do.
 */
public interface Output {

    /**
     * Creates the objects that the output needs outside and that do not exist yet, such as tables or topics. Called
     * once, before {@link #attach}, except when a standby JobManager runs {@code main} again for a job that it
     * restores.
     *
     * @throws RuntimeException if the outside is away, refuses or lacks something; the job is then not started, and the
     *     message begins with the option
     */
    default void prepare() {}

    /**
     * Attaches the output's operators to the results. Gives each operator a uid, which savepoints know and which never
     * changes; a name, which may change; and a description for the web UI.
     */
    void attach(Results results);

    /** Returns the checks of {@code doctor} for the outside system. */
    Area area();

    /**
     * Returns the rule for a rewind, which is a start from older state than the newest that was committed. A rewind
     * writes rows again. An output that cannot recognize such rows, as files cannot, returns a fence, and a rewind into
     * the same place is then refused. Without a fence, repeated rows must be harmless. Either a greater generation
     * outranks the earlier one, as in PostgreSQL, or the reader is told to expect repetition, as with dead letters.
     *
     * <p>At most one output of a job has a fence, because {@code weir_runs} has one column for its place.
     */
    default Fence fence() {
        return Fence.NONE;
    }

    /**
     * Returns the fence of the outputs, or {@link Fence#NONE} if no output has one.
     *
     * @throws IllegalArgumentException if several outputs have one
     */
    static Fence fenceOf(List<Output> outputs) {
        List<Fence> fences = outputs.stream()
                .map(Output::fence)
                .filter(fence -> fence != Fence.NONE)
                .toList();
        if (fences.size() > 1) {
            throw new IllegalArgumentException("at most one output may have a fence, got " + fences);
        }
        return fences.isEmpty() ? Fence.NONE : fences.get(0);
    }
}
