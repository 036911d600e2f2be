package dev.weir.registry;

import dev.weir.core.catalog.Avro;
import dev.weir.failure.RefusedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Resolves {@code ${env:NAME}} in the access to a registry. No message holds a secret. */
final class RegistrySecrets {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{env:([^}]+)}");

    private final Avro.Registry registry;
    private final UnaryOperator<String> environment;

    /** @param environment returns the value of a variable, null if it is not set */
    RegistrySecrets(Avro.Registry registry, UnaryOperator<String> environment) {
        this.registry = registry;
        this.environment = environment;
    }

    /** Returns the password; "" for none. */
    String password() {
        return registry.password() == null ? "" : resolved("password", registry.password());
    }

    /** Returns the TLS settings. */
    Map<String, String> ssl() {
        Map<String, String> resolved = new HashMap<>();
        registry.ssl().forEach((key, value) -> resolved.put(key, resolved(key, value)));
        return resolved;
    }

    /**
     * Checks that this process has all variables and files. What is missing on this host will not appear on retry, so the job fails
     * without restarting.
     *
     * @throws RefusedException if one is missing; the message names the key
     */
    void requireReadable() {
        password();
        ssl().forEach((key, value) -> {
            if (key.endsWith(".location") && !Files.isReadable(Path.of(value))) {
                throw new RefusedException("avro.registry." + key + ": cannot read " + value
                        + "; mount it in every process (TaskManagers, and where main runs)");
            }
        });
    }

    private String resolved(String key, String value) {
        Matcher reference = REFERENCE.matcher(value);
        if (!reference.matches()) {
            return value;
        }
        String secret = environment.apply(reference.group(1));
        if (secret == null) {
            throw new RefusedException("avro.registry." + key + ": the environment variable " + reference.group(1)
                    + " is not set; set it in every process (TaskManagers, and where main runs)");
        }
        return secret;
    }
}
