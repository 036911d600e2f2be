package dev.weir.config;

import dev.weir.config.parse.NearestKey;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;

/** Finds keys that nobody reads. */
final class KnownKeys {
    private static final String PROPERTIES = WeirOptions.KAFKA_PROPERTIES.key();
    private static final List<String> KEYS =
            WeirOptions.ALL.stream().map(ConfigOption::key).toList();

    private KnownKeys() {}

    /** Adds a problem for each unknown key under {@code weir.}, and for each key that misspells {@code weir} itself. */
    static void check(OptionReader options) {
        options.source().values().keySet().stream().sorted().forEach(key -> {
            if (KEYS.contains(key) || key.startsWith(PROPERTIES + ".")) {
                return;
            }
            int dot = key.indexOf('.');
            String first = dot < 0 ? key : key.substring(0, dot);
            if (first.equals("weir")) {
                options.problem(key, "is not an option", cure(key));
            } else if (dot > 0) {
                String meant = "weir" + key.substring(dot);
                if (isNearWeir(first) && (KEYS.contains(meant) || meant.startsWith(PROPERTIES + "."))) {
                    options.problem(key, "is not an option", "did you mean " + meant + "?");
                }
            }
        });
    }

    private static boolean isNearWeir(String first) {
        return NearestKey.of(first, List.of("weir")) != null;
    }

    private static String cure(String key) {
        List<String> below =
                KEYS.stream().filter(known -> known.startsWith(key + ".")).toList();
        if (!below.isEmpty()) {
            return "it holds keys: " + String.join(", ", below);
        }
        String nearest = NearestKey.of(key, KEYS);
        return nearest == null ? "remove it; weir check prints every option" : "did you mean " + nearest + "?";
    }
}
