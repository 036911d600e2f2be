package dev.weir.config;

import java.util.List;
import org.apache.flink.configuration.Configuration;

/**
 * A configuration that passed every check.
 *
 * @param flink the effective Flink configuration, for the environment; holds secrets, so it is never printed
 * @param options every option of Weir's, in the order of DESIGN.md, then Flink's options that Weir judges
 */
public record Resolved(WeirConfig config, Configuration flink, List<OptionValue> options) {

    /** Never prints the configuration itself. */
    @Override
    public String toString() {
        return "Resolved[" + config.pipeline() + "]";
    }
}
