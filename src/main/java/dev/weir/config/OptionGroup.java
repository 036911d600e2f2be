package dev.weir.config;

import java.util.List;
import org.apache.flink.configuration.ConfigOption;

/**
 * A section of the options' reference: options that a user sets together. Texts may hold Markdown.
 *
 * @param introduction what the options have in common
 */
public record OptionGroup(String title, String introduction, List<Entry> entries) {

    /**
     * Describes one option for the reference. Key, default and description come from the option itself.
     *
     * @param type of the value, with its unit
     * @param absent what counts where the option has no default and is not set
     * @param allowed values that are accepted, as far as type and range do not say it; empty for nothing to add
     * @param range null for none
     * @param example a value as written in {@code config.yaml}, other than the default
     * @param onRestore what a change does when the job starts from state
     * @param effect more about that; may be empty
     */
    public record Entry(
            ConfigOption<?> option,
            String type,
            String absent,
            String allowed,
            Range range,
            String example,
            OnRestore onRestore,
            String effect) {

        static Entry of(ConfigOption<?> option, String type, String example) {
            return new Entry(option, type, "none", "", null, example, OnRestore.TAKES_EFFECT, "");
        }

        Entry absent(String words) {
            return new Entry(option, type, words, allowed, range, example, onRestore, effect);
        }

        Entry allowed(String values) {
            return new Entry(option, type, absent, values, range, example, onRestore, effect);
        }

        Entry range(String least, String greatest, String step) {
            return new Entry(
                    option, type, absent, allowed, new Range(least, greatest, step), example, onRestore, effect);
        }

        Entry onRestore(OnRestore change, String what) {
            return new Entry(option, type, absent, allowed, range, example, change, what);
        }
    }

    /**
     * The smallest and the greatest value that are accepted, as written. A value beyond either is refused.
     *
     * @param least null where another option is the bound
     * @param greatest null where only the type is the bound
     * @param step the smallest difference between two values
     */
    public record Range(String least, String greatest, String step) {}

    /** The effect of a changed option on a start from a savepoint or a checkpoint. */
    public enum OnRestore {
        TAKES_EFFECT("takes effect"),
        NEW_GENERATION("begins a new generation"),
        NOT_USED("not used"),
        REFUSED("refused");

        private final String words;

        OnRestore(String words) {
            this.words = words;
        }

        /** Returns the words of the reference. */
        public String words() {
            return words;
        }
    }
}
