package dev.weir.core.decode;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.io.SerializedString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A place in a JSON document that is mapped or leads to one that is: a trie over the mapped paths. */
final class PathNode {
    private static final int EXPECTED_KEYS = 32;

    private final Map<String, PathNode> children = new HashMap<>();
    private final Map<Integer, PathNode> elements = new HashMap<>();
    private final List<Integer> slotsBelow = new ArrayList<>();
    /** The mapped keys of an object in the order in which they came last, null for what is not mapped. */
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

    /** A place where nothing is mapped. */
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

    /** The slot of the value that stands here, or {@link Layout#NONE}. */
    int slot() {
        return slot;
    }

    boolean isLeaf() {
        return children.isEmpty();
    }

    /** The place of an object's key, or null if nothing there is mapped. */
    PathNode key(String name) {
        return children.get(name);
    }

    /** The key of this place, as bytes to compare with. */
    SerializedString name() {
        return name;
    }

    /** The key of this place as it stands in an event. */
    byte[] quotedName() {
        return quotedName;
    }

    /**
     * The place whose key is likely to come as number {@code i} of the object, or null. Senders keep their order, and comparing bytes
     * costs half of reading a key and looking it up.
     */
    PathNode expected(int i) {
        return i < order.length ? order[i] : null;
    }

    /** @param child the place of the key that came as number {@code i}, or null */
    void expect(int i, PathNode child) {
        if (i < order.length) {
            order[i] = child;
        }
    }

    /** The place of an array's element, or null if nothing there is mapped. */
    PathNode element(int index) {
        return elements.isEmpty() ? null : elements.get(index);
    }

    /** Nothing below this place is known any more: a key that comes again replaces all that the earlier one held. */
    void forgetBelow(Cells cells) {
        for (int i = 0; i < slotsBelow.size(); i++) {
            cells.setAbsent(slotsBelow.get(i));
        }
    }
}
