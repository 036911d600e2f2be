package dev.weir.testing.oracle;

import dev.weir.core.model.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads JSON as RFC 8259 has it, with the bare words NaN and Infinity besides. Written for the oracle: the job reads
 * with Jackson and with a reader of its own, and a mistake of either must not be the oracle's as well.
 */
final class JsonParser {
    private static final int MAX_DEPTH = 500;
    private static final int MAX_FIELDS = 10_000;
    private static final Pattern NUMBER = Pattern.compile("-?(?:0|[1-9][0-9]*+)(?:\\.[0-9]++)?(?:[eE][+-]?[0-9]++)?");
    private static final Pattern NOT_FINITE = Pattern.compile("NaN|[+-]?Infinity|[+-]INF");
    private static final Pattern PLAIN_TEXT = Pattern.compile("[^\"\\\\\\x00-\\x1f]*+");
    private static final String ESCAPES = "\"\\/bfnrt";
    private static final String ESCAPED = "\"\\/\b\f\n\r\t";

    private final String text;
    private int at;
    private int depth;
    private int fields;

    JsonParser(String text) {
        this(text, 0, 0);
    }

    /**
     * Reads what stands in a text of another document.
     *
     * @param depth how many objects and arrays are around it
     * @param fields how many names of fields came before
     */
    JsonParser(String text, int depth, int fields) {
        this.text = text;
        this.depth = depth;
        this.fields = fields;
    }

    /** How many names of fields have come. */
    int fields() {
        return fields;
    }

    /** One value and nothing after it: a map, a list, a text, a {@link Fields.Number}, a {@link Fields.Other}, or null. */
    Object parse() throws EventFault {
        Object value = value();
        blanks();
        require(at == text.length());
        return value;
    }

    private Object value() throws EventFault {
        blanks();
        if (at < text.length()) {
            switch (text.charAt(at)) {
                case '{':
                    return object();
                case '[':
                    return array();
                case '"':
                    return string();
                default:
                    break;
            }
        }
        for (String word : new String[] {"null", "true", "false"}) {
            if (text.startsWith(word, at)) {
                at += word.length();
                endOfWord();
                return word.equals("null") ? null : new Fields.Other(word);
            }
        }
        for (Pattern pattern : new Pattern[] {NUMBER, NOT_FINITE}) {
            Matcher matcher = pattern.matcher(text).region(at, text.length());
            if (matcher.lookingAt()) {
                at = matcher.end();
                endOfWord();
                return new Fields.Number(matcher.group());
            }
        }
        throw fault();
    }

    private Map<String, Object> object() throws EventFault {
        Map<String, Object> object = new LinkedHashMap<>();
        enter();
        if (closes('}')) {
            return object;
        }
        do {
            blanks();
            require(at < text.length() && text.charAt(at) == '"');
            String name = string();
            require(++fields <= MAX_FIELDS);
            require(skips(':'));
            Object value = value();
            object.remove(name); // its place is that of the last one, too
            object.put(name, value);
        } while (skips(','));
        require(closes('}'));
        return object;
    }

    private List<Object> array() throws EventFault {
        List<Object> array = new ArrayList<>();
        enter();
        if (closes(']')) {
            return array;
        }
        do {
            array.add(value());
        } while (skips(','));
        require(closes(']'));
        return array;
    }

    private String string() throws EventFault {
        StringBuilder string = new StringBuilder();
        at++;
        while (true) {
            Matcher plain = PLAIN_TEXT.matcher(text).region(at, text.length());
            require(plain.lookingAt());
            string.append(plain.group());
            at = plain.end();
            if (skipsExactly('"')) {
                return string.toString();
            }
            require(skipsExactly('\\') && at < text.length());
            char escape = text.charAt(at++);
            int known = ESCAPES.indexOf(escape);
            if (escape == 'u') {
                require(at + 4 <= text.length() && text.substring(at, at + 4).matches("[0-9a-fA-F]{4}"));
                string.append((char) Integer.parseInt(text.substring(at, at + 4), 16));
                at += 4;
            } else {
                require(known >= 0);
                string.append(ESCAPED.charAt(known));
            }
        }
    }

    private void enter() throws EventFault {
        at++;
        require(++depth <= MAX_DEPTH);
    }

    private boolean closes(char bracket) {
        if (skips(bracket)) {
            depth--;
            return true;
        }
        return false;
    }

    /** A number or a word ends where no letter, digit or the like goes on. */
    private void endOfWord() throws EventFault {
        require(at == text.length() || " \t\n\r,:]}".indexOf(text.charAt(at)) >= 0);
    }

    private boolean skips(char c) {
        blanks();
        return skipsExactly(c);
    }

    private boolean skipsExactly(char c) {
        boolean there = at < text.length() && text.charAt(at) == c;
        at += there ? 1 : 0;
        return there;
    }

    private void blanks() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private void require(boolean holds) throws EventFault {
        if (!holds) {
            throw fault();
        }
    }

    private EventFault fault() {
        return new EventFault(Reason.MALFORMED, "not JSON at character " + at);
    }
}
