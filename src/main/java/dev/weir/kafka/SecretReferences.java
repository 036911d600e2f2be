package dev.weir.kafka;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigTransformer;
import org.apache.kafka.common.config.provider.ConfigProvider;
import org.apache.kafka.common.config.provider.DirectoryConfigProvider;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;
import org.apache.kafka.common.config.provider.FileConfigProvider;
import org.apache.kafka.common.utils.Utils;

/**
 * Resolves {@code ${env:NAME}}, {@code ${file:/path:key}} and {@code ${dir:/path:name}} in values of {@code
 * weir.kafka.properties.*}, with Kafka's own config providers under their usual names. Each process reads the secrets
 * for itself, so that no configuration and no job graph holds one.
 */
public final class SecretReferences {
    static final String PROVIDERS = "config.providers";

    private static final Map<String, Class<? extends ConfigProvider>> OURS = new TreeMap<>(Map.of(
            "env", EnvVarConfigProvider.class,
            "file", FileConfigProvider.class,
            "dir", DirectoryConfigProvider.class));
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file|dir):[^}]*}");

    private SecretReferences() {}

    /**
     * Returns whether the text has a reference to one of Weir's providers or, with {@code config.providers}, of the
     * user's.
     */
    static boolean isIn(String text) {
        return ConfigTransformer.DEFAULT_PATTERN.matcher(text).find();
    }

    /**
     * Returns the properties together with the providers that their references need. The user's {@code
     * config.providers} replaces Weir's providers.
     */
    static Map<String, String> withProviders(Map<String, String> properties) {
        Map<String, String> complete = new TreeMap<>(properties);
        if (!properties.containsKey(PROVIDERS) && properties.values().stream().anyMatch(SecretReferences::isIn)) {
            complete.put(PROVIDERS, String.join(",", OURS.keySet()));
            OURS.forEach((name, type) -> complete.put(PROVIDERS + "." + name + ".class", type.getName()));
        }
        return complete;
    }

    /**
     * Returns the text with each reference replaced by its present value.
     *
     * @param properties the client's properties, with the providers
     * @throws ConfigException if a reference cannot be resolved; the message never holds a secret
     */
    static String resolved(String text, Map<String, ?> properties) {
        if (!isIn(text)) {
            return text;
        }
        Map<String, ConfigProvider> providers = new HashMap<>();
        try {
            for (String name : String.valueOf(properties.get(PROVIDERS)).split("[\\[\\], ]+", -1)) {
                Object type = properties.get(PROVIDERS + "." + name + ".class");
                if (type != null) {
                    ConfigProvider provider = Utils.newInstance(type.toString(), ConfigProvider.class);
                    provider.configure(parameters(properties, PROVIDERS + "." + name + ".param."));
                    providers.put(name, provider);
                }
            }
            String result = new ConfigTransformer(providers)
                    .transform(Map.of("value", text))
                    .data()
                    .get("value");
            Matcher left = REFERENCE.matcher(result);
            if (left.find() && text.contains(left.group())) {
                throw new ConfigException(left.group() + " is not there" + cure(left.group(1)));
            }
            return result;
        } catch (ClassNotFoundException e) {
            throw new ConfigException("config.providers: no class " + e.getMessage());
        } finally {
            providers.values().forEach(provider -> Utils.closeQuietly(provider, "config provider"));
        }
    }

    private static String cure(String provider) {
        return switch (provider.toLowerCase(Locale.ROOT)) {
            case "env" ->
                ": set the environment variable, in every process (JobManager, TaskManagers, and where main runs)";
            case "file" -> ": the file has no such key; write key=value into it, in every container";
            default -> ": the directory has no such file; mount it in every container";
        };
    }

    private static Map<String, Object> parameters(Map<String, ?> properties, String prefix) {
        Map<String, Object> parameters = new HashMap<>();
        properties.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                parameters.put(key.substring(prefix.length()), value);
            }
        });
        return parameters;
    }
}
