package dev.weir.testing.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds values in what an event holds: maps, lists, and what {@link Fields} says of single values. */
final class Tree {
    private Tree() {}

    /** The keys of a pointer (RFC 6901); of a name itself; none of {@code ""}. */
    static List<String> path(String field) {
        List<String> keys = new ArrayList<>();
        if (field.startsWith("/")) {
            for (String escaped : field.substring(1).split("/", -1)) {
                keys.add(escaped.replace("~1", "/").replace("~0", "~"));
            }
        } else if (!field.isEmpty()) {
            keys.add(field);
        }
        return keys;
    }

    /** How many enclosing items a field climbs to: each {@code ^} before a pointer is one. */
    static int climbs(String field) {
        String rest = field.replaceFirst("^\\^+", "");
        return rest.isEmpty() || rest.startsWith("/") ? field.length() - rest.length() : 0;
    }

    /** What is there; null for nothing, and for JSON's null. */
    static Object follow(Object from, List<String> path) {
        Object at = from;
        for (String step : path) {
            if (at instanceof Map<?, ?> object) {
                at = object.get(step);
            } else if (at instanceof List<?> array && step.matches("0|[1-9]\\d{0,7}")) {
                int index = Integer.parseInt(step);
                at = index < array.size() ? array.get(index) : null;
            } else {
                return null;
            }
        }
        return at;
    }

    /** As a field sees it: what holds others is an {@link Fields.Other}. */
    static Object field(Object found) {
        return found instanceof Map || found instanceof List ? new Fields.Other(found) : found;
    }
}
