package dev.weir.generation;

import java.io.IOException;
import java.io.Serializable;

/**
 * The newest completed position of a pipeline, noted at the place that its rows go to. It tells a start from an older
 * state that rows after that state are already there, also where there is no database that could tell. Ships in the
 * graph.
 */
public interface Fence extends Serializable {

    /** The fence of a job whose outputs need none. */
    Fence NONE = new Fence() {
        private static final long serialVersionUID = 1L;

        @Override
        public Position read() {
            return Position.NONE;
        }

        @Override
        public void raise(Position position) {
            // There is no place to note it at.
        }

        @Override
        public String place() {
            return null;
        }
    };

    /** Returns the greatest position that was raised, or {@link Position#NONE}. */
    Position read() throws IOException;

    /** Notes the position, unless a greater one is noted. To be called from one process at a time. */
    void raise(Position position) throws IOException;

    /**
     * Returns the place in one spelling, however the option writes it: {@code weir_runs} remembers it, and a rewind must
     * go to another one. Null if the rows that a rewind writes again do no harm.
     *
     * @throws dev.weir.failure.RefusedException if this Flink cannot reach such a place at all
     */
    String place() throws IOException;
}
