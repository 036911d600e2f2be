package dev.weir.doctor;

/**
 * What a check found.
 *
 * @param text one line; of what is not good: the option, what is wrong and how to mend it
 */
public record Finding(Level level, String text) {

    /** From good to bad; a check that was not made is neither. */
    public enum Level {
        OK("ok"),
        WARN("warn"),
        FAIL("FAIL"),
        SKIPPED("skip");

        private final String label;

        Level(String label) {
            this.label = label;
        }

        @Override
        public String toString() {
            return label;
        }
    }

    public static Finding ok(String text) {
        return new Finding(Level.OK, text);
    }

    /** The job can start, and it may be wiser not to. */
    public static Finding warn(String text) {
        return new Finding(Level.WARN, text);
    }

    /** The job would not start, not go on, or lose something. */
    public static Finding fail(String text) {
        return new Finding(Level.FAIL, text);
    }

    static Finding skipped(String text) {
        return new Finding(Level.SKIPPED, text);
    }
}
