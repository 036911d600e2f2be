package dev.weir.config;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.flink.configuration.GlobalConfiguration;

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
    private static final Pattern PASSWORD_IN_USER_INFO = Pattern.compile("//[^/@?:]*:[^/@?]*@");

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

    /** Whether the key holds a private key or its passphrase under a name that Flink does not know to hide. */
    static boolean isShownByFlink(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        return (lower.endsWith(".key") || lower.endsWith("passphrase")) && !GlobalConfiguration.isSensitive(key);
    }

    /** Whether a URI names a password before its host. */
    static boolean isInUserInfo(String uri) {
        return PASSWORD_IN_USER_INFO.matcher(uri).find();
    }

    static boolean isSecret(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        return SECRET_WORDS.stream().anyMatch(lower::contains)
                && OPEN_ENDINGS.stream().noneMatch(lower::endsWith);
    }
}
