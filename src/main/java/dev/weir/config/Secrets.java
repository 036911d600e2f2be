package dev.weir.config;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.flink.configuration.GlobalConfiguration;

/** Decides which part of an option's value may be shown. */
final class Secrets {
    static final String MASK = "******";

    private static final List<String> SECRET_WORDS =
            List.of("password", "passwd", "secret", "jaas", "token", "key", "credential");
    /** Kafka properties whose name contains such a word, but whose value is no secret, such as a class name or a path. */
    private static final List<String> OPEN_ENDINGS =
            List.of(".location", ".serializer", ".deserializer", ".type", ".class", "-file");

    private static final Pattern IN_URL = Pattern.compile("(?i)([?&][a-z]*password=)[^&]*");
    private static final Pattern USER_INFO = Pattern.compile("//[^/@?]*@");
    private static final Pattern PASSWORD_IN_USER_INFO = Pattern.compile("//[^/@?:]*:[^/@?]*@");

    private Secrets() {}

    /** Returns the value, or the mask if the key names a secret. Passwords in a URL are masked, too. */
    static String mask(String key, String value) {
        if (value == null || value.isEmpty()) {
            return value;
        }
        if (isSecret(key)) {
            return MASK;
        }
        return USER_INFO.matcher(IN_URL.matcher(value).replaceAll("$1" + MASK)).replaceAll("//" + MASK + "@");
    }

    /** Returns whether the key holds a private key or its passphrase under a name that Flink would not hide. */
    static boolean isShownByFlink(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        return (lower.endsWith(".key") || lower.endsWith("passphrase")) && !GlobalConfiguration.isSensitive(key);
    }

    /** Returns whether a URI contains a password before its host. */
    static boolean isInUserInfo(String uri) {
        return PASSWORD_IN_USER_INFO.matcher(uri).find();
    }

    static boolean isSecret(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        return SECRET_WORDS.stream().anyMatch(lower::contains)
                && OPEN_ENDINGS.stream().noneMatch(lower::endsWith);
    }
}
