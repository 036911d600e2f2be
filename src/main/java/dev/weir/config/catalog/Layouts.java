package dev.weir.config.catalog;

import java.util.List;

/** Tells the two layouts apart, and finds keys that belong to the other one. */
final class Layouts {
    private Layouts() {}

    /** Returns whether an item holds several readings. Adds a problem for each key of {@code fields} that the layout lacks or refuses. */
    static boolean isWide(Section input, Section fields) {
        String readings = input.pathOf("readings");
        if (!input.has("readings")) {
            for (String key : List.of("metric", "value")) {
                if (!fields.has(key)) {
                    String cure = "name its field, or map the metrics of a wide event under " + readings;
                    fields.problem(key, "is missing in the long layout", cure);
                }
            }
            return false;
        }
        for (String key : List.of("metric", "value", "unit")) {
            if (fields.has(key)) {
                fields.problem(
                        key, "has no place in the wide layout (" + readings + ")", "remove it, or remove " + readings);
            }
        }
        if (input.section("readings").keys().isEmpty()) {
            input.problem("readings", "is empty", "write for instance {temperature: temperature}");
        }
        return true;
    }
}
