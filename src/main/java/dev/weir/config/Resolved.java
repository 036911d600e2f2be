package dev.weir.config;

import dev.weir.config.parse.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;

/**
 * A configuration that passed every check.
 *
 * @param flink the effective Flink configuration, for the environment; holds secrets, so it is never printed
 * @param options every option of Weir's in the order of {@link WeirOptions#ALL}, then Flink's options that Weir judges
 * @param warnings settings that are allowed but rarely intended
 * @param notes how ambiguous values were understood
 */
public record Resolved(
        WeirConfig config, Configuration flink, List<OptionValue> options, List<Problem> warnings, List<String> notes) {

    /** Returns every option that has a value, with secrets masked, in the order of {@link #options}. The web UI shows it. */
    public Map<String, String> shown() {
        Map<String, String> shown = new LinkedHashMap<>();
        for (OptionValue option : options) {
            if (!option.value().isEmpty()) {
                shown.put(option.key(), option.value());
            }
        }
        return shown;
    }

    /** Never prints the configuration itself. */
    @Override
    public String toString() {
        return "Resolved[" + config.pipeline() + "]";
    }
}
