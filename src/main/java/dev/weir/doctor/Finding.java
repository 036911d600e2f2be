package dev.weir.doctor;

/**
 * Holds what a check found.
 *
 * @param text one line; if the finding is not good, it names the option, the error and the cure
 */
public record Finding(Level level, String text) {

    /** Orders findings from good to bad. A skipped check is neither. */
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

    /** Returns a finding that does not prevent the start, but that may be a reason against it. */
    public static Finding warn(String text) {
        return new Finding(Level.WARN, text);
    }

    /** Returns a finding with which the job would not start, would fail later, or would lose something. */
    public static Finding fail(String text) {
        return new Finding(Level.FAIL, text);
    }

    static Finding skipped(String text) {
        return new Finding(Level.SKIPPED, text);
    }
}
