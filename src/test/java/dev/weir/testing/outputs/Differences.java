package dev.weir.testing.outputs;

import java.util.List;

/**
 * How what is there differs from what has to be there.
 *
 * @param missing not there
 * @param doubled there more often than it has to be, also if it has not to be there at all
 * @param differing there, with another content
 * @param text for a person: the first of each; "" for none
 */
public record Differences(long missing, long doubled, long differing, String text) {
    public static final Differences NONE = new Differences(0, 0, 0, "");

    public static Differences sum(List<Differences> all) {
        return all.stream().reduce(NONE, Differences::plus);
    }

    public Differences plus(Differences other) {
        return new Differences(
                missing + other.missing, doubled + other.doubled, differing + other.differing, text + other.text);
    }

    public boolean isNone() {
        return missing == 0 && doubled == 0 && differing == 0;
    }
}
