package dev.weir.core.decode;

import dev.weir.core.catalog.Names;
import java.util.HashMap;
import java.util.Map;

/**
 * Keeps one value for each member of an object whose members are readings: the last, if a key repeats, and the last, if members of
 * different objects have the same joined name, as in {@code {"a.b": 1, "a": {"b": 2}}}. Serves one object after another; not thread-safe.
 *
 * <p><b>Idea.</b> The members of an object have consecutive numbers, those of the objects in it included. So what a key held is a range of
 * numbers, and a repeated key makes that range absent. Objects are told apart by a number of their own and not by their path, whose length
 * grows with the depth.
 */
final class Members {
    /** A larger map is replaced after its event. */
    private static final int KEPT_ENTRIES = 256;

    /** The range of members that each key of the outermost object holds: its start in the upper half, its end in the lower one. */
    private Map<String, Long> outer = new HashMap<>();
    /** The same for the keys of the other objects, each behind the number of its object. */
    private Map<String, Long> inner = new HashMap<>();

    private int objects;
    /** Whether joined names may be equal although no object in the outermost one has been entered here. */
    private boolean dotted;

    /** Returns the name of a member. Too long a name is cut, but stays too long for a name. */
    static String name(String prefix, String key) {
        return prefix.length() > Names.MAX_CHARS ? prefix : prefix + key;
    }

    /** Begins with the outermost object and returns its number. */
    int start() {
        dotted = false;
        outer = emptied(outer);
        inner = emptied(inner);
        objects = 0;
        return objects;
    }

    private static Map<String, Long> emptied(Map<String, Long> map) {
        if (map.size() > KEPT_ENTRIES) {
            return new HashMap<>();
        }
        map.clear();
        return map;
    }

    /** Returns the number of the next object inside the outermost one. */
    int newObject() {
        return ++objects;
    }

    /** Notes a key, of an object whose keys do not repeat. A point in it can make joined names equal. */
    void note(String key) {
        dotted |= key.indexOf('.') >= 0;
    }

    /** Makes the members absent that an earlier value of the key held. The present ones are those from {@code from} on. */
    void replace(Cells cells, int object, String key, int from) {
        long range = (long) from << Integer.SIZE | cells.members();
        Long earlier = object == 0 ? outer.put(key, range) : inner.put(object + "/" + key, range);
        if (earlier != null) {
            cells.forgetMembers((int) (earlier >> Integer.SIZE), (int) (long) earlier);
        }
    }

    /** Ends the outermost object: of the members that have the same name, keeps the last. */
    void end(Cells cells) {
        if (inner.isEmpty() && !dotted) {
            return;
        }
        Map<String, Integer> last = new HashMap<>();
        for (int i = 0; i < cells.members(); i++) {
            boolean present = cells.kind(cells.memberSlot(i)) != Cells.Kind.ABSENT;
            Integer earlier =
                    present && cells.member(i).length() <= Names.MAX_CHARS ? last.put(cells.member(i), i) : null;
            if (earlier != null) {
                cells.forgetMembers(earlier, earlier + 1);
            }
        }
    }
}
