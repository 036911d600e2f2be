package dev.weir.core.decode;

import dev.weir.core.catalog.FieldSource;
import dev.weir.core.catalog.Input;
import dev.weir.core.catalog.Opening;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The catalog's mapping of one input, compiled to one slot for each source. A source that is mapped twice has one slot. {@link #NONE}
 * stands for a part that is not mapped.
 *
 * <p>Decoders fill the slots of {@link #places}. {@link Derivations} then fills those of {@link #derived} from them.
 */
public final class Layout {
    public static final int NONE = -1;

    public final int sensorId;
    public final int metric;
    public final int value;
    public final int unit;
    public final int site;
    /** One slot per source of the event time, in the order in which they are joined. Empty if it is the record's timestamp. */
    public final int[] eventTime;
    /** Wide layout: one slot per listed metric, in the catalog's order. */
    public final int[] readings;

    private final boolean nests;
    private final boolean isSenml;
    /** How the item of each level is reached from that of the level above; the first, the event, is null. */
    private final List<Opening> levels = new ArrayList<>();

    private final Map<Place, Integer> places = new LinkedHashMap<>();
    private final Map<FieldSource, Integer> derived = new LinkedHashMap<>();
    private final Place wildcard;
    private final BitSet repeats = new BitSet();
    private final BitSet keepsDigits = new BitSet();
    private int slots;

    /**
     * A place in an event.
     *
     * @param level 0 for the event, 1 for what its first opening leads to, and so on
     * @param path the JSON keys from the level's item down, or the name of one column
     */
    record Place(int level, List<String> path) {}

    public Layout(Input input) {
        nests = input.format().nests;
        levels.add(null);
        levels.addAll(input.payload().openings());
        sensorId = nameSlot(input.sensorId());
        eventTime = input.eventTime().sources().stream()
                .filter(source -> !(source instanceof FieldSource.Timestamp))
                .mapToInt(this::slotOf)
                .toArray();
        for (int slot : eventTime) {
            keepsDigits.set(slot);
        }
        metric = nameSlot(input.metric());
        value = slotOf(input.value());
        unit = nameSlot(input.unit());
        site = nameSlot(input.site());
        readings = input.readings().listed().values().stream()
                .mapToInt(this::slotOf)
                .toArray();
        isSenml = input.format() == Input.Format.SENML;
        if (isSenml) {
            SenmlDecoder.FIELDS.forEach(name -> keepsDigits.set(slotOf(new FieldSource.Field(name))));
        }
        String members = input.readings().wildcard();
        wildcard = members == null ? null : place(new FieldSource.Field(members));
        if (wildcard != null && wildcard.level() != levels.size() - 1) {
            throw new IllegalArgumentException("readings: \"*\" must not climb: " + members);
        }
    }

    private Layout(List<String> pointers) {
        nests = true;
        isSenml = false;
        levels.add(null);
        for (String pointer : pointers) {
            repeats.set(slotOf(new FieldSource.Field(pointer)));
        }
        keepsDigits.or(repeats);
        sensorId = NONE;
        metric = NONE;
        value = NONE;
        unit = NONE;
        site = NONE;
        eventTime = new int[0];
        readings = new int[0];
        wildcard = null;
    }

    /** Returns a layout of names in a JSON document: slot i is that of pointer i. */
    static Layout ofNames(List<String> pointers) {
        return new Layout(pointers);
    }

    /** Returns the number of slots. */
    public int size() {
        return slots;
    }

    /** Returns the slots that a decoder fills, by place. */
    Map<Place, Integer> places() {
        return places;
    }

    /** Returns the slots that are filled from other slots or from the record, each after those that it needs. */
    Map<FieldSource, Integer> derived() {
        return derived;
    }

    /** Returns the number of levels: 1 if the event is the one item. */
    int levels() {
        return levels.size();
    }

    /** Returns how the items of a level, 1 or more, are reached from the level above. */
    Opening opening(int level) {
        return levels.get(level);
    }

    /** Returns whether items come from wrapped texts. */
    boolean unwraps() {
        return levels.stream().anyMatch(opening -> opening != null && opening.kind() != Opening.Kind.EACH);
    }

    /** Returns the path from the item above to what the level's opening opens. */
    List<String> openingPath(int level) {
        return path(levels.get(level).pointer());
    }

    /** Returns the place of the object whose members are readings; null for none. */
    Place wildcard() {
        return wildcard;
    }

    /** Returns whether the items are records of SenML. */
    boolean isSenml() {
        return isSenml;
    }

    /** Returns whether the slot's texts repeat from event to event, as names do, so that caching them pays off. */
    boolean repeats(int slot) {
        return repeats.get(slot);
    }

    /** Returns whether a number in this slot must keep its digits: in an event time, and in a name, which is the number as sent. */
    boolean keepsDigits(int slot) {
        return keepsDigits.get(slot);
    }

    /** Returns whether the slot belongs to the event time. */
    boolean isEventTime(int slot) {
        return slot != NONE && Arrays.stream(eventTime).anyMatch(time -> time == slot);
    }

    /** Returns whether the slot is filled from a text that is always a text, such as a header, so that a number in it needs no leniency. */
    public boolean isDerived(int slot) {
        return derived.containsValue(slot);
    }

    private int nameSlot(FieldSource source) {
        int slot = slotOf(source);
        if (slot != NONE) {
            repeats.set(slot);
            keepsDigits.set(slot);
        }
        return slot;
    }

    /** Returns the slot of a source that has one already. */
    int slot(FieldSource source) {
        return source instanceof FieldSource.Field field ? places.get(place(field)) : derived.get(source);
    }

    private int slotOf(FieldSource source) {
        if (source == null) {
            return NONE;
        }
        if (source instanceof FieldSource.Field field) {
            return places.computeIfAbsent(place(field), unused -> slots++);
        }
        // The texts that a derivation needs come first, so that they are filled before it.
        if (source instanceof FieldSource.Join join) {
            join.sources().forEach(this::nameSlot);
        } else if (source instanceof FieldSource.Match match) {
            nameSlot(match.source());
        }
        Integer known = derived.get(source);
        if (known == null) {
            known = slots++;
            derived.put(source, known);
        }
        return known;
    }

    private Place place(FieldSource.Field field) {
        if (!nests) {
            return new Place(0, List.of(field.name()));
        }
        // Where nothing is opened there is nothing to climb to, and a name may begin with ^.
        int climbs = levels.size() == 1 ? 0 : field.climbs();
        // One climb too many leads to the event: the catalog's reader refuses it.
        int level = Math.max(0, levels.size() - 1 - climbs);
        return new Place(level, path(field.name().substring(climbs)));
    }

    /** Returns the keys of a JSON pointer, or the one key of a name. */
    private static List<String> path(String field) {
        if (!field.startsWith("/")) {
            return field.isEmpty() ? List.of() : List.of(field);
        }
        List<String> keys = new ArrayList<>();
        int start = 1;
        while (start <= field.length()) {
            int slash = field.indexOf('/', start);
            int end = slash < 0 ? field.length() : slash;
            keys.add(field.substring(start, end).replace("~1", "/").replace("~0", "~"));
            start = end + 1;
        }
        return keys;
    }
}
