package dev.weir.testing.oracle;

import dev.weir.core.catalog.FieldSource;
import dev.weir.core.catalog.Input;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The members of an object that are readings without being listed. */
final class Wildcard {
    private final Input input;
    private final Set<List<String>> mapped = new HashSet<>();

    Wildcard(Input input) {
        this.input = input;
        for (FieldSource source : input.sources()) {
            if (source instanceof FieldSource.Field field && Tree.climbs(field.name()) == 0) {
                mapped.add(Tree.path(field.name()));
            }
        }
    }

    /** The values of the item's members by name, that of a nested one joined with points; of one name the last that stands there. */
    Map<String, Object> members(Item item) {
        Map<String, Object> members = new LinkedHashMap<>();
        if (input.readings().wildcard() != null && item.unopened() == null) {
            List<String> path = Tree.path(input.readings().wildcard());
            Object object = Tree.follow(item.around().get(item.around().size() - 1), path);
            collect(object, path, "", members);
        }
        input.readings().listed().keySet().forEach(members::remove);
        return members;
    }

    private void collect(Object value, List<String> path, String prefix, Map<String, Object> into) {
        if (!(value instanceof Map<?, ?> object)) {
            return;
        }
        object.forEach((key, member) -> {
            List<String> at = new ArrayList<>(path);
            at.add((String) key);
            String name = prefix + key;
            if (mapped.contains(at)) {
                return;
            }
            if (member instanceof Map) {
                collect(member, at, name + ".", into);
            } else if (!(member instanceof List)) {
                into.put(name, member);
            }
        });
    }
}
