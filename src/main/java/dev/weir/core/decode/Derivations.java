package dev.weir.core.decode;

import dev.weir.core.catalog.FieldSource;
import dev.weir.core.model.Event;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Fills the slots of an item that no decoder fills: what comes from the record's key, headers and topic, and what is joined or captured
 * from other texts. Not thread-safe.
 */
public final class Derivations {
    private final Step[] steps;
    private final Layout layout;
    private final Set<String> nullTexts;
    private final TextCache names = new TextCache();
    private char[] joined = new char[64];
    private int length;

    /** Fills one slot. The slots that it needs are filled already. */
    @FunctionalInterface
    private interface Step {
        void fill(Event event, Cells cells);
    }

    /** @param nullTexts texts that mean "no value" */
    public Derivations(Layout layout, Set<String> nullTexts) {
        this.layout = layout;
        this.nullTexts = nullTexts;
        List<Step> all = new ArrayList<>();
        layout.derived().forEach((source, slot) -> all.add(step(source, slot)));
        steps = all.toArray(Step[]::new);
    }

    /** Fills the item's slots. */
    public void fill(Event event, Cells cells) {
        for (Step step : steps) {
            step.fill(event, cells);
        }
    }

    private Step step(FieldSource source, int slot) {
        if (source instanceof FieldSource.Key key) {
            return key.pointer() == null ? new Utf8Step(Event::key, slot) : new KeyStep(key.pointer(), slot, nullTexts);
        }
        if (source instanceof FieldSource.Header header) {
            return new Utf8Step(event -> event.header(header.name()), slot);
        }
        if (source instanceof FieldSource.Topic topic) {
            Capture capture = new Capture(topic.regex());
            return (event, cells) -> set(cells, slot, capture.of(event.origin().topic()));
        }
        if (source instanceof FieldSource.Path path) {
            Capture capture = new Capture(path.regex());
            return (event, cells) -> {
                String file = event.origin().file();
                set(cells, slot, file == null ? null : capture.of(file));
            };
        }
        if (source instanceof FieldSource.Constant constant) {
            return (event, cells) -> cells.setText(slot, constant.text());
        }
        if (source instanceof FieldSource.Join join) {
            int[] from = join.sources().stream().mapToInt(layout::slot).toArray();
            return (event, cells) -> join(cells, slot, from, join.separator());
        }
        if (source instanceof FieldSource.Match match) {
            int from = layout.slot(match.source());
            Capture capture = new Capture(match.regex());
            return (event, cells) -> set(cells, slot, cells.isName(from) ? capture.of(cells.text(from)) : null);
        }
        throw new IllegalStateException("no derivation of " + source);
    }

    private static void set(Cells cells, int slot, String text) {
        if (text == null) {
            cells.setAbsent(slot);
        } else {
            cells.setText(slot, text);
        }
    }

    /** Sets the texts with the separator between them; absent if one of them is missing. */
    private void join(Cells cells, int slot, int[] from, String separator) {
        length = 0;
        for (int i = 0; i < from.length; i++) {
            if (!cells.isName(from[i])) {
                cells.setAbsent(slot);
                return;
            }
            if (i > 0) {
                append(separator);
            }
            append(cells.text(from[i]));
        }
        cells.setText(slot, names.get(joined, 0, length));
    }

    private void append(String text) {
        if (length + text.length() > joined.length) {
            joined = Arrays.copyOf(joined, 2 * (length + text.length()));
        }
        text.getChars(0, text.length(), joined, length);
        length += text.length();
    }

    /** Sets a text of the record, which is {@code OTHER} if it is not UTF-8. Items of one event, and many events, have the same. */
    private static final class Utf8Step implements Step {
        private final Function<Event, byte[]> source;
        private final int slot;
        private byte[] lastBytes = {};
        /** Null if the last bytes are not UTF-8. */
        private String lastText = "";

        Utf8Step(Function<Event, byte[]> source, int slot) {
            this.source = source;
            this.slot = slot;
        }

        @Override
        public void fill(Event event, Cells cells) {
            byte[] bytes = source.apply(event);
            if (bytes == null) {
                cells.setAbsent(slot);
                return;
            }
            if (bytes != lastBytes && !Arrays.equals(bytes, lastBytes)) {
                lastText = Utf8.isValid(bytes) ? new String(bytes, StandardCharsets.UTF_8) : null;
            }
            lastBytes = bytes;
            if (lastText == null) {
                cells.setOther(slot);
            } else {
                cells.setText(slot, lastText);
            }
        }
    }

    /** What a regular expression captures. Caches the answers, because matching costs more than all else that an event needs. */
    private static final class Capture {
        /** As many as there may be names; a full map is emptied. */
        private static final int MAX_TEXTS = 1 << 16;
        /** Longer texts are no names and hardly ever come again. */
        private static final int MAX_CHARS = 255;

        private final Map<String, String> known = new HashMap<>();
        private final TextPattern pattern;
        private String lastText = "";
        private String lastAnswer;

        Capture(String regex) {
            pattern = new TextPattern(regex);
            lastAnswer = pattern.capture("");
        }

        /** Returns the text of the group; null if the expression does not match the whole text or the group takes no part. */
        String of(String text) {
            if (!text.equals(lastText)) {
                lastAnswer = text.length() > MAX_CHARS ? pattern.capture(text) : cached(text);
                lastText = text;
            }
            return lastAnswer;
        }

        private String cached(String text) {
            String answer = known.get(text);
            if (answer == null && !known.containsKey(text)) {
                answer = pattern.capture(text);
                if (known.size() >= MAX_TEXTS) {
                    known.clear();
                }
                known.put(text, answer);
            }
            return answer;
        }
    }

    /** Reads a value in a key that is JSON. A key that is none has no such value. */
    private static final class KeyStep implements Step {
        private final int slot;
        private final JsonDecoder decoder;
        private final Items items;
        private byte[] lastKey = {};
        private boolean lastGood;

        KeyStep(String pointer, int slot, Set<String> nullTexts) {
            Layout layout = Layout.ofNames(List.of(pointer));
            this.slot = slot;
            this.decoder = new JsonDecoder(layout);
            this.items = new Items(layout, nullTexts);
        }

        @Override
        public void fill(Event event, Cells cells) {
            byte[] key = event.key();
            if (key == null) {
                cells.setAbsent(slot);
                return;
            }
            if (key != lastKey && !Arrays.equals(key, lastKey)) {
                lastGood = decode(key);
            }
            lastKey = key;
            if (lastGood) {
                cells.copy(slot, items.event(), 0);
            } else {
                cells.setAbsent(slot);
            }
        }

        private boolean decode(byte[] key) {
            items.clear();
            try {
                decoder.decode(key, null, items);
                return true;
            } catch (MalformedEventException e) {
                return false;
            }
        }
    }
}
