package dev.weir.core.decode;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.io.SerializedString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A node of a trie over the mapped paths of a JSON document: a place that is mapped or leads to one that is. */
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

    static PathNode of(Layout layout) {
        PathNode root = new PathNode();
        layout.paths().forEach((path, slot) -> {
            PathNode node = root;
            for (String key : path) {
                node.slotsBelow.add(slot);
                node = node.child(key);
            }
            node.slot = slot;
        });
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

    /** Returns the node of an object's key, or null if nothing is mapped there. */
    PathNode key(String name) {
        return children.get(name);
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

    /** Makes all cells below this place absent, because a repeated key replaces everything that the earlier one held. */
    void forgetBelow(Cells cells) {
        for (int i = 0; i < slotsBelow.size(); i++) {
            cells.setAbsent(slotsBelow.get(i));
        }
    }
}
