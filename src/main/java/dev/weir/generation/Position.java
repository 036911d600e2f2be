package dev.weir.generation;

import java.util.Comparator;

/**
 * Names a completed checkpoint of a pipeline across the lives of its state. Positions are ordered by generation, then
 * by checkpoint id.
 */
public record Position(int generation, long checkpointId) implements Comparable<Position> {
    private static final Comparator<Position> ORDER =
            Comparator.comparingInt(Position::generation).thenComparingLong(Position::checkpointId);

    /** The position before every checkpoint. */
    public static final Position NONE = new Position(0, 0);

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return "generation " + generation + ", checkpoint " + checkpointId;
    }
}
