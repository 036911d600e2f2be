package dev.weir.core.catalog;

/** Checks names of sensors, metrics, sites and units, so that PostgreSQL, Parquet and a screen can hold them. */
public final class Names {
    public static final int MAX_CHARS = 255;

    private Names() {}

    /** Returns what is wrong with the name, or null. */
    public static String fault(String name) {
        if (name.isEmpty()) {
            return "is empty";
        }
        if (name.length() > MAX_CHARS) {
            return "is longer than " + MAX_CHARS + " characters";
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isISOControl(c)) {
                return "has a control character";
            }
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c)
                        || i + 1 == name.length()
                        || !Character.isLowSurrogate(name.charAt(i + 1))) {
                    return "has an unpaired surrogate";
                }
                i++;
            }
        }
        return null;
    }
}
