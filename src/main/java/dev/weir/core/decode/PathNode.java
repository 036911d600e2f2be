package dev.weir.core.decode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A place in a JSON document that is mapped or leads to one that is: a trie over the mapped paths. */
final class PathNode {
    private final Map<String, PathNode> children = new HashMap<>();
    private final Map<Integer, PathNode> elements = new HashMap<>();
    private final List<Integer> slotsBelow = new ArrayList<>();
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

    private PathNode child(String key) {
        return children.computeIfAbsent(key, unused -> {
            PathNode child = new PathNode();
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
