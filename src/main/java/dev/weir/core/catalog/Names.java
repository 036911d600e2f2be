package dev.weir.core.catalog;

/** What a name (sensor, metric, site, unit) must be for PostgreSQL, Parquet and a person's screen to hold it. */
public final class Names {
    public static final int MAX_CHARS = 255;

    private Names() {}

    /** What is wrong with the name, or null. */
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
