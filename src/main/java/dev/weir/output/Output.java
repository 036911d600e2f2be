package dev.weir.output;

import dev.weir.doctor.Area;
import dev.weir.generation.Fence;
import java.util.List;

/**
 * A place that results of the job go to, with everything that the job has to know of it. To add one, implement this and
 * add it to {@code JobDefinition.outputs}; graph, doctor and fence follow from there. An output that the configuration
 * does not name is not made.
 *
 * <p>Making an output touches nothing outside. {@link #prepare} and the area's checks do.
 */
public interface Output {

    /**
     * Makes what the output needs outside and does not find there, such as tables or topics. Called once, before {@link
     * #attach}, unless a standby JobManager runs {@code main} again for a job that it restores.
     *
     * @throws RuntimeException if the outside is away, refuses or lacks something; the job is then not started, and the
     *     message begins with the option
     */
    default void prepare() {}

    /**
     * Puts the output's operators behind the results. It gives each a uid, which savepoints know and which never
     * changes; a name, which may change; and a description for the web UI.
     */
    void attach(Results results);

    /** Returns what {@code doctor} checks of the outside. */
    Area area();

    /**
     * Returns the rule for a rewind, which is a start from an older state than the newest that was committed. It writes
     * rows again. An output that cannot recognize them, as files cannot, returns a fence: then a rewind into the same
     * place is refused. Without one, rows written again must be harmless: a greater generation outranks the earlier one,
     * as in PostgreSQL, or the reader is told to expect repetition, as with dead letters.
     *
     * <p>At most one output of a job has a fence, because {@code weir_runs} has one column for its place.
     */
    default Fence fence() {
        return Fence.NONE;
    }

    /** Returns the fence of the outputs, {@link Fence#NONE} if no output has one. */
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
