package dev.weir.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.WeirConfig;
import dev.weir.core.catalog.Avro;
import dev.weir.core.catalog.Catalog;
import dev.weir.core.catalog.FieldSource;
import dev.weir.core.catalog.Files;
import dev.weir.core.catalog.TimeSettings;
import dev.weir.testing.generate.TestConfigs;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Changes each field of the catalog's model and looks whether the fingerprint changes. So this test finds a new field that the
 * text forgets, and the pinned fingerprints of {@link VerdictsTest} find one that shows although it has its default.
 */
class VerdictTextTest {
    /** Where a schema is kept, and which files are read, decides no reading's verdict. */
    private static final Set<Class<?>> NO_RULES = Set.of(Avro.Registry.class, Files.class);

    @Test
    void everyFieldOfTheCatalogIsPartOfTheRules() {
        Set<String> changed = new TreeSet<>();
        List<WeirConfig> configs = new ArrayList<>(
                VerdictCatalogs.EVERY_KEY.stream().map(VerdictCatalogs::config).toList());
        configs.add(VerdictCatalogs.everyFieldOfVersion2());
        for (WeirConfig config : configs) {
            String before = Verdicts.fingerprint(config);
            for (Change change : changes(config.catalog())) {
                Catalog other = (Catalog) change.record();
                assertThat(Verdicts.fingerprint(TestConfigs.config(other, config.time(), config.windows())))
                        .as(change.field())
                        .isNotEqualTo(before);
                changed.add(change.field());
            }
        }
        // Each was changed: none is null or empty in all catalogs.
        assertThat(changed).isEqualTo(fields(Catalog.class));
    }

    /** So a catalog that does not use what a release added keeps the fingerprint that its state holds. */
    @Test
    void aFieldThatCameLaterShowsOnlyWhereItDiffersFromItsDefault() {
        String before = new VerdictText.Entry("Metric").with("unit", "Cel").toString();

        assertThat(new VerdictText.Entry("Metric").with("unit", "Cel").since("smooth", null, null))
                .hasToString(before);
        assertThat(new VerdictText.Entry("Metric").with("unit", "Cel").since("smooth", 1.0, 1.0))
                .hasToString(before);
        assertThat(new VerdictText.Entry("Metric").with("unit", "Cel").since("smooth", 2.0, 1.0))
                .hasToString(before + " smooth=2.0");
        assertThat(new VerdictText.Entry("Metric").since("smooth", 2.0, null).with("unit", "Cel"))
                .hasToString(before + " smooth=2.0");
    }

    /** How long a window waits, and when a silent series is shown, changes when a row appears and no verdict. */
    @Test
    void ofTheTimesLatenessSkewAndEarliestArePartOfTheRules() {
        WeirConfig config = VerdictCatalogs.config(VerdictCatalogs.DEFAULTS);
        List<String> rules = new ArrayList<>();
        for (Change change : changes(config.time())) {
            WeirConfig other = TestConfigs.config(config.catalog(), (TimeSettings) change.record(), config.windows());
            if (!Verdicts.fingerprint(other).equals(Verdicts.fingerprint(config))) {
                rules.add(change.field());
            }
        }
        assertThat(rules).containsExactly("TimeSettings.lateness", "TimeSettings.futureSkew", "TimeSettings.earliest");
    }

    /** A copy of a record in which one field is another. @param field of the record that holds it, which may lie deeper */
    private record Change(String field, Record record) {}

    /** Every copy of the record in which one field, of it or of a record within it, has another value. */
    private static List<Change> changes(Record record) {
        List<Change> changes = new ArrayList<>();
        RecordComponent[] components = record.getClass().getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            String field = name(record.getClass(), components[i]);
            for (Change value : values(field, get(record, components[i]))) {
                changes.add(new Change(value.field(), with(record, i, ((Box) value.record()).value())));
            }
        }
        return changes;
    }

    private record Box(Object value) {}

    private static List<Change> values(String field, Object value) {
        if (value != null && NO_RULES.contains(value.getClass())) {
            return List.of();
        }
        if (value instanceof FieldSource source) {
            return List.of(new Change(field, new Box(new FieldSource.Field(source + "x"))));
        }
        if (value instanceof List<?> list && !list.isEmpty() && isModel(list.get(0))) {
            List<Change> changes = new ArrayList<>();
            for (int i = 0; i < list.size(); i++) {
                for (Change change : changes((Record) list.get(i))) {
                    List<Object> copy = new ArrayList<>(list);
                    copy.set(i, change.record());
                    changes.add(new Change(change.field(), new Box(copy)));
                }
            }
            return changes;
        }
        if (value instanceof Record nested) {
            return changes(nested).stream()
                    .map(change -> new Change(change.field(), new Box(change.record())))
                    .toList();
        }
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            List<Change> changes = new ArrayList<>();
            map.forEach((key, one) -> {
                for (Change change : values(field, one)) {
                    changes.add(new Change(change.field(), new Box(put(map, key, ((Box) change.record()).value()))));
                }
            });
            Object any = map.values().iterator().next();
            if (map.keySet().iterator().next() instanceof String && !(any instanceof Record)) {
                changes.add(new Change(field, new Box(put(map, "another key", any))));
            }
            return changes;
        }
        Object other = other(value);
        return other == null ? List.of() : List.of(new Change(field, new Box(other)));
    }

    private static boolean isModel(Object value) {
        return value instanceof Record && !(value instanceof FieldSource);
    }

    /** Another value of the same type; null where there is none to begin with. */
    private static Object other(Object value) {
        if (value instanceof String text) {
            return text + "x";
        } else if (value instanceof Boolean is) {
            return !is;
        } else if (value instanceof Double number) {
            return Double.isInfinite(number) ? (Object) 1.0 : number + 1;
        } else if (value instanceof Long number) {
            return number + 1;
        } else if (value instanceof Character c) {
            return (char) (c + 1);
        } else if (value instanceof BigDecimal number) {
            return number.add(BigDecimal.ONE);
        } else if (value instanceof Duration duration) {
            return duration.plusNanos(1_000);
        } else if (value instanceof Instant instant) {
            return instant.plusNanos(1_000);
        } else if (value instanceof Enum<?> constant) {
            Object[] all = constant.getDeclaringClass().getEnumConstants();
            return all[(constant.ordinal() + 1) % all.length];
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            return list.subList(1, list.size());
        } else if (value instanceof Set<?> set && !set.isEmpty()) {
            Set<Object> more = new LinkedHashSet<>(set);
            more.add("another");
            return more;
        } else if (value == null || value instanceof List || value instanceof Set || value instanceof Map) {
            return null;
        }
        throw new AssertionError("the test knows no other value of " + value.getClass());
    }

    private static Map<Object, Object> put(Map<?, ?> map, Object key, Object value) {
        Map<Object, Object> copy = new LinkedHashMap<>(map);
        copy.put(key, value);
        return copy;
    }

    private static Record with(Record record, int index, Object value) {
        try {
            RecordComponent[] components = record.getClass().getRecordComponents();
            Object[] values = new Object[components.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = i == index ? value : get(record, components[i]);
            }
            Constructor<? extends Record> constructor = record.getClass()
                    .getDeclaredConstructor(Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new));
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** The names of the fields of a record and of every record within it. One that holds such a record is named by its fields. */
    private static Set<String> fields(Class<?> type) {
        Set<String> fields = new TreeSet<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Class<?> held = component.getType();
            if (component.getGenericType() instanceof ParameterizedType generic && held == Map.class) {
                held = (Class<?>) generic.getActualTypeArguments()[1];
            }
            if (component.getGenericType() instanceof ParameterizedType generic && held == List.class) {
                held = (Class<?>) generic.getActualTypeArguments()[0];
            }
            if (NO_RULES.contains(held)) {
                continue;
            }
            if (held.isRecord()) {
                fields.addAll(fields(held));
            } else {
                fields.add(name(type, component));
            }
        }
        return fields;
    }

    private static Object get(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static String name(Class<?> type, RecordComponent component) {
        return type.getSimpleName() + "." + component.getName();
    }
}
