package dev.weir.core.decode;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.io.SerializedString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A node of a trie over the mapped paths of an item: a place that is mapped or leads to one that is. A place from which the items of the
 * next level are opened leads to the trie of that level.
 */
final class PathNode {
    private static final int EXPECTED_KEYS = 32;

    private final Map<String, PathNode> children = new HashMap<>();
    private final Map<Integer, PathNode> elements = new HashMap<>();
    private final List<Integer> slotsBelow = new ArrayList<>();
    /** The mapped keys of an object in the order in which they last came; null for a key that is not mapped. */
    private final PathNode[] order = new PathNode[EXPECTED_KEYS];

    private SerializedString name;
    private byte[] quotedName;
    private int slot = Layout.NONE;
    private int opens;
    /** The level that is opened here or below; 0 for none. */
    private int opensBelow;

    private PathNode item;
    private boolean wildcard;
    private boolean wildcardBelow;
    /** Whether this is a record of SenML. */
    private boolean record;

    /** Returns the trie of an event. */
    static PathNode of(Layout layout) {
        return of(layout, 0);
    }

    private static PathNode of(Layout layout, int level) {
        PathNode root = new PathNode();
        root.record = layout.isSenml() && level == layout.levels() - 1;
        layout.places().forEach((place, slot) -> {
            if (place.level() == level) {
                PathNode node = root;
                for (String key : place.path()) {
                    node.slotsBelow.add(slot);
                    node = node.child(key);
                }
                node.slot = slot;
            }
        });
        int next = level + 1;
        if (next < layout.levels()) {
            PathNode node = root;
            node.opensBelow = next;
            for (String key : layout.openingPath(next)) {
                node = node.child(key);
                node.opensBelow = next;
            }
            node.opens = next;
            node.item = of(layout, next);
        } else if (layout.wildcard() != null && layout.wildcard().level() == level) {
            PathNode node = root;
            node.wildcardBelow = true;
            for (String key : layout.wildcard().path()) {
                node = node.child(key);
                node.wildcardBelow = true;
            }
            node.wildcard = true;
        }
        return root;
    }

    /** Returns a node below which nothing is mapped. */
    static PathNode unmapped() {
        return new PathNode();
    }

    private PathNode child(String key) {
        return children.computeIfAbsent(key, unused -> {
            PathNode child = new PathNode();
            child.name = new SerializedString(key);
            child.quotedName = ('"' + new String(JsonStringEncoder.getInstance().quoteAsString(key)) + '"')
                    .getBytes(StandardCharsets.UTF_8);
            if (key.matches("0|[1-9][0-9]{0,7}")) {
                elements.put(Integer.valueOf(key), child);
            }
            return child;
        });
    }

    /** Returns the slot of the value at this place, or {@link Layout#NONE}. */
    int slot() {
        return slot;
    }

    boolean isLeaf() {
        return children.isEmpty();
    }

    /** Returns the level whose items are opened from the value at this place; 0 for none. */
    int opens() {
        return opens;
    }

    /** Returns the trie of an item that is opened here. */
    PathNode item() {
        return item;
    }

    /** Returns whether the members of the object at this place are readings. */
    boolean isWildcard() {
        return wildcard;
    }

    /** Returns whether an item may be something other than an object here: it is mapped as a whole or opened. */
    boolean takesAnything() {
        return slot != Layout.NONE || opens != 0;
    }

    /** Returns whether the value at this place must be an object, because it is a record of SenML. */
    boolean isRecord() {
        return record;
    }

    /** Returns the node of an object's key, or null if nothing is mapped there. */
    PathNode key(String name) {
        return children.get(name);
    }

    /**
     * Returns the node of an object's key, or null if nothing is mapped there and the key may be passed over.
     *
     * @throws MalformedEventException if the key says that who does not know it must not read the record
     */
    PathNode keyOrSkip(String name) throws MalformedEventException {
        PathNode child = children.get(name);
        if (record && child == null && name.endsWith("_")) {
            throw new MalformedEventException("SenML field " + Details.quote(name) + " must be understood and is not");
        }
        return child;
    }

    /** Returns the keys below that are mapped or lead to what is. */
    Set<String> keys() {
        return children.keySet();
    }

    /** Returns the indexes below that are mapped or lead to what is, if this place is an array. */
    Set<Integer> indexes() {
        return elements.keySet();
    }

    /** Returns the key of this place in a form that Jackson compares bytes with. */
    SerializedString name() {
        return name;
    }

    /** Returns the key of this place as it stands in an event, with quotes. */
    byte[] quotedName() {
        return quotedName;
    }

    /**
     * Returns the node whose key probably comes as number {@code i} of the object, or null. Senders keep their order, and comparing bytes
     * costs half as much as reading a key and looking it up.
     */
    PathNode expected(int i) {
        return i < order.length ? order[i] : null;
    }

    /**
     * Remembers the order of keys.
     *
     * @param child the node of the key that came as number {@code i}, or null
     */
    void expect(int i, PathNode child) {
        if (i < order.length) {
            order[i] = child;
        }
    }

    /** Returns the node of an array's element, or null if nothing is mapped there. */
    PathNode element(int index) {
        return elements.isEmpty() ? null : elements.get(index);
    }

    /** Makes all cells below this place absent and drops its items, because a repeated key replaces what the earlier one held. */
    void forgetBelow(Cells cells, Items items) {
        for (int i = 0; i < slotsBelow.size(); i++) {
            cells.setAbsent(slotsBelow.get(i));
        }
        if (opensBelow != 0) {
            items.forget(opensBelow);
        }
        if (wildcardBelow) {
            cells.forgetMembers(0, cells.members());
        }
    }
}
