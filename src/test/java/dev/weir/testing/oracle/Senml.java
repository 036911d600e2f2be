package dev.weir.testing.oracle;

import dev.weir.core.catalog.Input;
import dev.weir.core.model.Event;
import dev.weir.core.model.Reason;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Resolves the records of SenML (RFC 8428): base fields hold for their record and all behind it in the same array. Records that only have
 * base fields are left out.
 */
final class Senml {
    private static final BigDecimal ABSOLUTE_SECONDS = new BigDecimal(1 << 28);
    private static final List<String> VALUES = List.of("v", "vb", "vs", "vd", "s");

    private final Event event;
    private final Input input;
    private final Map<String, Object> base = new HashMap<>();

    private Senml(Event event, Input input) {
        this.event = event;
        this.input = input;
    }

    static List<Item> resolved(List<Item> items, Event event, Input input) throws EventFault {
        List<Item> resolved = new ArrayList<>();
        Senml senml = new Senml(event, input);
        Object pack = null;
        for (Item item : items) {
            if (item.unopened() != null) {
                resolved.add(item);
                continue;
            }
            Object around = item.around().get(item.around().size() - 2);
            if (around != pack) {
                senml.base.clear();
                pack = around;
            }
            Map<String, Object> members =
                    senml.record(item.around().get(item.around().size() - 1));
            if (members != null) {
                List<Object> levels = new ArrayList<>(item.around());
                levels.set(levels.size() - 1, members);
                resolved.add(new Item(levels, item.index(), null, null));
            }
        }
        return resolved;
    }

    private Map<String, Object> record(Object sent) throws EventFault {
        if (!(sent instanceof Map<?, ?> object)) {
            throw new EventFault(Reason.MALFORMED, "a record that is no object");
        }
        Map<String, Object> members = new HashMap<>();
        object.forEach((name, value) -> members.put((String) name, value));
        for (String name : members.keySet()) {
            if (name.endsWith("_") && !isMapped(name)) {
                throw new EventFault(Reason.MALFORMED, name);
            }
        }
        takeBase(members);
        if (VALUES.stream().noneMatch(members::containsKey)) {
            return null;
        }
        name(members);
        if (!members.containsKey("u")
                && base.containsKey("bu")
                && !base.get("bu").equals("")) {
            members.put("u", base.get("bu"));
        }
        sum(members, "v", "bv");
        if (base.containsKey("bs") && !members.containsKey("s")) {
            members.put("s", base.get("bs"));
        } else {
            sum(members, "s", "bs");
        }
        time(members);
        return members;
    }

    private boolean isMapped(String name) {
        return input.sources().stream()
                .map(Object::toString)
                .anyMatch(source -> source.equals(name) || (source + '/').startsWith('/' + name + '/'));
    }

    /** A base field that is no base spoils all records behind it, so the event is malformed. */
    private void takeBase(Map<String, Object> members) throws EventFault {
        for (String field : List.of("bn", "bu", "bt", "bv", "bs", "bver")) {
            Object value = members.get(field);
            boolean text = field.equals("bn") || field.equals("bu");
            boolean good = text ? value instanceof String : isFinite(value);
            if (value != null && !good) {
                throw new EventFault(Reason.MALFORMED, field);
            }
            if (value != null) {
                base.put(field, value);
            }
        }
        if (members.get("bver") instanceof Fields.Number version) {
            double number = Numbers.decimal(version.raw());
            if (number > 10 && number != 26) {
                throw new EventFault(Reason.MALFORMED, "bver");
            }
        }
    }

    private static boolean isFinite(Object value) {
        return value instanceof Fields.Number number
                && !Numbers.isNotFinite(number.raw())
                && Double.isFinite(Numbers.decimal(number.raw()));
    }

    private void name(Map<String, Object> members) {
        Object sent = members.get("n");
        String own = sent == null ? "" : InputDecoder.name(sent);
        if (own != null) {
            String name = base.getOrDefault("bn", "") + own;
            members.put("n", name.isEmpty() ? null : name);
        }
    }

    /** What is no number has no sum, so it is nothing that could be a value. */
    private void sum(Map<String, Object> members, String field, String baseField) {
        Object sent = members.get(field);
        if (InputDecoder.missing(sent, input.nullValues()) || !base.containsKey(baseField)) {
            return;
        }
        if (isFinite(sent)) {
            BigDecimal sum = digits(sent).add(digits(base.get(baseField)));
            members.put(field, new Fields.Number(sum.toString()));
        } else if (!(sent instanceof Fields.Number)) {
            members.put(field, new Fields.Other("no number"));
        }
    }

    private void time(Map<String, Object> members) {
        Object sent = members.get("t");
        boolean number = sent instanceof Fields.Number one && !Numbers.isNotFinite(one.raw());
        if (sent != null && !number) {
            return;
        }
        BigDecimal seconds = sent == null ? BigDecimal.ZERO : digits(sent);
        seconds = base.containsKey("bt") ? seconds.add(digits(base.get("bt"))) : seconds;
        BigInteger micros =
                seconds.movePointRight(6).setScale(0, RoundingMode.FLOOR).toBigInteger();
        if (seconds.compareTo(ABSOLUTE_SECONDS) < 0) {
            // As if counted from the record's timestamp, once it is at an end of long.
            BigInteger from =
                    BigInteger.valueOf(event.origin().timestampMillis()).multiply(BigInteger.valueOf(1_000));
            micros = BigInteger.valueOf(EventTimes.saturated(micros)).add(from);
        }
        members.put("t", new Fields.Time(EventTimes.saturated(micros), null));
    }

    /** What the digits say, as far as a double and a sum can tell: no exponent of a billion, up or down. */
    private static BigDecimal digits(Object number) {
        String raw = ((Fields.Number) number).raw();
        double nearly = Double.parseDouble(raw);
        if (nearly == 0) {
            return raw.matches("-[0.]*[1-9].*") ? new BigDecimal("-1e-60") : BigDecimal.ZERO;
        }
        return Double.isFinite(nearly) ? new BigDecimal(raw) : new BigDecimal(nearly > 0 ? "1e60" : "-1e60");
    }
}
