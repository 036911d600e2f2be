package dev.weir.testing.outputs;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * How two multisets differ, said for a person. Elements are brought together by a key; those of one key are matched whatever their
 * order.
 */
final class MultisetDiff<T> {
    private static final int SHOWN = 10;

    private final String what;
    private final BiPredicate<T, T> equal;
    private final List<String> missing = new ArrayList<>();
    private final List<String> surplus = new ArrayList<>();
    private final List<String> doubled = new ArrayList<>();
    private final List<String> differing = new ArrayList<>();

    private MultisetDiff(String what, BiPredicate<T, T> equal) {
        this.what = what;
        this.equal = equal;
    }

    static <T> Differences of(
            String what,
            Collection<T> expected,
            Collection<T> actual,
            Function<T, Object> key,
            BiPredicate<T, T> equal) {
        MultisetDiff<T> diff = new MultisetDiff<>(what, equal);
        Map<Object, List<T>> actualByKey = group(actual, key);
        group(expected, key).forEach((k, wanted) -> {
            List<T> found = actualByKey.remove(k);
            diff.compare(wanted, found == null ? List.of() : found);
        });
        actualByKey.values().forEach(found -> diff.compare(List.of(), found));
        return new Differences(
                diff.missing.size(),
                diff.doubled.size() + diff.surplus.size(),
                diff.differing.size(),
                diff.text(expected.size(), actual.size()));
    }

    private static <T> Map<Object, List<T>> group(Collection<T> elements, Function<T, Object> key) {
        Map<Object, List<T>> groups = new HashMap<>();
        for (T element : elements) {
            // Most keys come once: a list of one is small.
            groups.merge(key.apply(element), List.of(element), MultisetDiff::concat);
        }
        return groups;
    }

    private static <T> List<T> concat(List<T> a, List<T> b) {
        List<T> both = new ArrayList<>(a);
        both.addAll(b);
        return both;
    }

    private void compare(List<T> wanted, List<T> found) {
        List<T> unmatched = new ArrayList<>(wanted);
        List<T> rest = new ArrayList<>();
        for (T one : found) {
            if (!removeEqual(unmatched, one)) {
                rest.add(one);
            }
        }
        while (!unmatched.isEmpty() && !rest.isEmpty()) {
            differing.add("expected " + unmatched.remove(0) + "\n         but was  " + rest.remove(0));
        }
        unmatched.forEach(one -> missing.add(one.toString()));
        for (T one : rest) {
            boolean again = wanted.stream().anyMatch(w -> equal.test(w, one));
            (again ? doubled : surplus).add(one.toString());
        }
    }

    private boolean removeEqual(List<T> candidates, T one) {
        for (int i = 0; i < candidates.size(); i++) {
            if (equal.test(candidates.get(i), one)) {
                candidates.remove(i);
                return true;
            }
        }
        return false;
    }

    private String text(int expected, int actual) {
        if (missing.isEmpty() && surplus.isEmpty() && doubled.isEmpty() && differing.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder(what)
                .append(": expected ")
                .append(expected)
                .append(", got ")
                .append(actual)
                .append('\n');
        append(text, "missing", missing);
        append(text, "not expected", surplus);
        append(text, "doubled", doubled);
        append(text, "differing", differing);
        return text.toString();
    }

    private static void append(StringBuilder text, String kind, List<String> elements) {
        if (elements.isEmpty()) {
            return;
        }
        text.append("  ").append(elements.size()).append(' ').append(kind).append('\n');
        elements.stream()
                .limit(SHOWN)
                .forEach(one -> text.append("    ").append(one).append('\n'));
        if (elements.size() > SHOWN) {
            text.append("    ... and ").append(elements.size() - SHOWN).append(" more\n");
        }
    }
}
