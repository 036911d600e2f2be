package dev.weir.config.catalog;

import dev.weir.config.catalog.Shape.Text;
import dev.weir.config.catalog.Shape.Word;
import java.util.List;

/** The kinds of texts in a catalog. */
public final class CatalogTexts {
    private static final String DECIMAL = "([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?";
    /** A name or unit that the user chose. It has no control character in the sense of {@link Character#isISOControl}. */
    private static final String PLAIN = "[^\\u0000-\\u001f\\u007f-\\u009f]{1,255}$";
    /** The names of metrics. */
    static final String NAMES = "^" + PLAIN;

    /** A number in quotes. */
    public static final String NUMBER_PATTERN = "^\\s*[+-]?" + DECIMAL + "\\s*$";

    public static final Text ANY = new Text("text", "");
    /** A field's name, or a JSON pointer, in which ~ occurs only in ~0 and ~1. */
    public static final Text FIELD = new Text("field", "^([^/]|(/([^~/]|~[01])*)+$)");

    /** Accepts the forms of ISO 8601, too, as the reader does. */
    public static final Text DURATION = new Text("duration", "^\\s*(0|[0-9]+\\s*[A-Za-z\\u00b5]+|\\+?[Pp].+)\\s*$");

    public static final Text RATE = new Text(
            "rate", "^\\s*(?=[^/eE]*[1-9])\\+?" + DECIMAL + "\\s*/\\s*([1-9][0-9]{0,8})?\\s*(ms|s|min|h|d)\\s*$");
    public static final Text TIME_FORMAT = new Text("time format", "^[\\s\\S]");
    public static final Text TIME_ZONE = new Text("time zone", "^[\\s\\S]");
    /** Refuses C and F, which mean coulomb and farad in UCUM and not the temperatures that people mean. */
    public static final Text UNIT = new Text("unit", "^(?![CF]$)" + PLAIN);

    static final Text CHARACTER = new Text("character", "^[^\"\\r\\n]$");
    /** As {@link #CHARACTER}, a quote included. */
    static final Text LINE_CHARACTER = new Text("character", "^[^\\r\\n]$");

    static final Word SWITCH = new Word(List.of("true", "false"));
    static final Word ACTION = new Word(List.of("reject", "flag"));

    /** In version 2: a name, or a pointer that may climb to the items around. The empty pointer is the item itself. */
    static final Text PLACE = new Text("field", "^(\\^*((/([^~/]|~[01])*)*)$|[^/])");

    static final Text POINTER = new Text("pointer", "^(/([^~/]|~[01])*)*$");
    static final Text REGEX = new Text("regular expression", "^[\\s\\S]");
    static final Text FULL = new Text("text", "^[\\s\\S]");
    static final Text TOPIC = new Text("topic", "^[a-zA-Z0-9._-]{1,249}$");
    static final Text URI_PREFIX = new Text("URI", "^[A-Za-z][A-Za-z0-9+.-]*:[/\\\\]");
    /** The separator of decimals or thousands. */
    static final Text MARK = new Text("character", "^[^0-9A-Za-z+-]$");

    private CatalogTexts() {}
}
