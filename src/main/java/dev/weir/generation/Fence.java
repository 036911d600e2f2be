package dev.weir.generation;

import java.io.IOException;
import java.io.Serializable;

/**
 * Stores the newest completed position of a pipeline at the place of its rows. A start from older state learns from it
 * that later rows are already there, even if there is no database. It is part of the job graph.
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
            // There is no place to store it.
        }

        @Override
        public String place() {
            return null;
        }
    };

    /**
     * Returns the greatest position that was raised, or {@link Position#NONE} if none was.
     *
     * @throws IOException if the place cannot be read
     */
    Position read() throws IOException;

    /**
     * Stores the position, unless a greater one is stored. To be called from one process at a time.
     *
     * @throws IOException if the place cannot be written; the caller may try again
     */
    void raise(Position position) throws IOException;

    /**
     * Returns the place, in one spelling however the option writes it. {@code weir_runs} remembers it, and a rewind
     * must use another one. Null if rows that a rewind writes again are harmless.
     *
     * @throws dev.weir.failure.RefusedException if this Flink has no file system for the place
     */
    String place() throws IOException;
}
