package dev.weir.config;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Decides what may be shown of an option. */
final class Secrets {
    static final String MASK = "******";

    private static final List<String> SECRET_WORDS =
            List.of("password", "passwd", "secret", "jaas", "token", "key", "credential");
    /** Kafka's own names that hold such a word, or a class or a file's place, and nothing to hide. */
    private static final List<String> OPEN_ENDINGS =
            List.of(".location", ".serializer", ".deserializer", ".type", ".class", "-file");

    private static final Pattern IN_URL = Pattern.compile("(?i)([?&][a-z]*password=)[^&]*");
    private static final Pattern USER_INFO = Pattern.compile("//[^/@?]*@");

    private Secrets() {}

    /** The value, or the mask where the key says that it is a secret; passwords inside a URL are masked too. */
    static String mask(String key, String value) {
        if (value == null || value.isEmpty()) {
            return value;
        }
        if (isSecret(key)) {
            return MASK;
        }
        return USER_INFO.matcher(IN_URL.matcher(value).replaceAll("$1" + MASK)).replaceAll("//" + MASK + "@");
    }

    static boolean isSecret(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        return SECRET_WORDS.stream().anyMatch(lower::contains)
                && OPEN_ENDINGS.stream().noneMatch(lower::endsWith);
    }
}
