package dev.weir.config.catalog;

import dev.weir.core.catalog.Avro;
import dev.weir.core.decode.AvroSchemas;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads and checks where the schemas of Avro bodies are. No message holds a secret. */
final class AvroReader {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{env:[^}]+}");

    private final Section input;
    private final SiblingFiles files;

    AvroReader(Section input, SiblingFiles files) {
        this.input = input;
        this.files = files;
    }

    /** Returns null if the format is not Avro, or if it is not known where the schemas are. */
    Avro read() {
        String format = input.word("format");
        if (!"avro".equals(format)) {
            if (input.has("avro")) {
                String message = "has no place beside format " + (format == null ? "json" : format);
                input.problem("avro", message, "write format: avro, or remove it");
            }
            return null;
        }
        if (!input.has("avro")) {
            String cure =
                    "write avro: {registry: {url: <address>}}, or avro: {schema: <file>} for bodies without a schema's id";
            input.problem("avro", "is missing", cure);
            return null;
        }
        Section avro = input.section("avro");
        avro.refuseUnknownKeys();
        if (avro.has("schema") == avro.has("registry")) {
            String message = avro.has("schema") ? "and registry are both set" : "and registry are both missing";
            avro.problem("schema", message, "write schema: <file>, or registry: {url: <address>}");
            return null;
        }
        if (avro.has("schema")) {
            String schema = schema(avro);
            return schema == null ? null : new Avro(schema, null);
        }
        return new Avro(null, registry(avro.section("registry")));
    }

    private String schema(Section avro) {
        String name = avro.name("schema");
        if (name == null) {
            return null;
        }
        try {
            String schema = files.text(name);
            return isSchema(avro, schema) ? schema : null;
        } catch (IOException | IllegalArgumentException e) {
            String cure = "name the schema's file, relative to the catalog's directory";
            avro.problem("schema", "cannot be read: " + e.getMessage(), cure);
            return null;
        }
    }

    private static boolean isSchema(Section avro, String text) {
        try {
            AvroSchemas.parse(List.of(text));
            return true;
        } catch (IllegalArgumentException e) {
            avro.problem("schema", "is no Avro schema: " + e.getMessage(), "name the file of the writers' schema");
            return false;
        }
    }

    private static Avro.Registry registry(Section registry) {
        registry.refuseUnknownKeys();
        registry.require("url", "write url: https://<host>:<port>");
        String url = registry.name("url");
        if (url != null) {
            checkUrl(registry, url);
        }
        String user = registry.name("user");
        String password = registry.name("password");
        if (registry.has("user") != registry.has("password")) {
            String missing = registry.has("user") ? "password" : "user";
            String cure = missing.equals("user") ? "write user: <name>" : "write password: \"${env:NAME}\"";
            registry.problem(missing, "is missing beside " + (registry.has("user") ? "user" : "password"), cure);
        }
        checkReference(registry, "password", password);
        Map<String, String> ssl = new LinkedHashMap<>();
        for (String key : InputsKeys.TLS) {
            String value = registry.name(key);
            if (value != null) {
                if (key.endsWith("password")) {
                    checkReference(registry, key, value);
                }
                ssl.put(key, value);
            }
        }
        if (!ssl.isEmpty() && url != null && url.startsWith("http:")) {
            String first = ssl.keySet().iterator().next();
            registry.problem(first, "has no meaning: the url begins with http:", "write https: there, or remove it");
        }
        return new Avro.Registry(url, user, password, Collections.unmodifiableMap(ssl));
    }

    /** The address may hold a password, so it is shown only if it has no user. */
    private static void checkUrl(Section registry, String url) {
        try {
            URI uri = new URI(url);
            if (uri.getRawUserInfo() != null || url.contains("@")) {
                registry.problem("url", "names a user", "write user and password beside it");
            } else if (!List.of("http", "https").contains(String.valueOf(uri.getScheme())) || uri.getHost() == null) {
                registry.problem("url", "is not an address: " + url, "write https://<host>:<port>");
            } else if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
                registry.problem("url", "has something behind the path", "remove ? or # and what follows");
            }
        } catch (URISyntaxException e) {
            registry.problem("url", "is not an address", "write https://<host>:<port>");
        }
    }

    private static void checkReference(Section registry, String key, String secret) {
        if (secret != null
                && secret.startsWith("${")
                && !REFERENCE.matcher(secret).matches()) {
            registry.problem(key, "is not a reference to an environment variable", "write \"${env:NAME}\"");
        }
    }
}
