package dev.weir.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.registry.RegistryHttp.Answer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Apicurio's own protocol, versions 2 and 3: {@code /ids/globalIds/{id}} or {@code /ids/contentIds/{id}} for a schema and {@code
 * /references} below it for what it refers to (Apicurio Registry, Core Registry API). Its serializers write global ids up to version 2 and
 * content ids from version 3 on, unless told otherwise; an address that ends in one of the two paths says which.
 */
final class ApicurioProtocol implements RegistryProtocol {
    private static final Pattern ADDRESS =
            Pattern.compile("(.*/apis/registry/v([0-9]+))(?:/ids/(globalIds|contentIds))?");

    private final RegistryHttp http;
    /** The path of ids, below the address. */
    private final String ids;
    /** What stands between the address and all other paths: "..", if the address is already that of ids. */
    private final String top;

    private final String content;

    ApicurioProtocol(String url, RegistryHttp http) {
        this.http = http;
        Matcher address = ADDRESS.matcher(url.replaceAll("/+$", ""));
        boolean known = address.matches();
        boolean before3 = known && address.group(2).equals("2");
        boolean withIds = known && address.group(3) != null;
        ids = withIds ? "/" : before3 ? "/ids/globalIds/" : "/ids/contentIds/";
        top = withIds ? "/../.." : "";
        content = before3 ? "" : "/content";
    }

    @Override
    public List<String> schema(long id) throws UnusableSchemaException {
        List<String> texts = new ArrayList<>();
        String path = ids + id;
        add(path, path, "schema " + id, texts, new HashSet<>());
        return texts;
    }

    private void add(String path, String contentPath, String name, List<String> texts, Set<String> seen)
            throws UnusableSchemaException {
        Answer answer = http.get(contentPath);
        if (isNotFound(answer)) {
            throw new UnusableSchemaException("the schema registry has no " + name);
        }
        answer.requireGood();
        Answer references = http.get(path + "/references");
        if (!isNotFound(references)) {
            references.requireGood();
            for (JsonNode reference : references.json()) {
                String referred = version(reference, name);
                if (seen.add(referred)) {
                    String called = reference.path("artifactId").asText() + ", which " + name + " refers to";
                    add(referred, referred + content, called, texts, seen);
                }
            }
        }
        texts.add(answer.body());
    }

    private String version(JsonNode reference, String name) throws UnusableSchemaException {
        String artifact = reference.path("artifactId").asText();
        String version = reference.path("version").asText("");
        if (version.isEmpty()) {
            throw new UnusableSchemaException(name + " refers to " + artifact + " without its version");
        }
        return top + "/groups/" + RegistryHttp.encoded(reference.path("groupId").asText("default")) + "/artifacts/"
                + RegistryHttp.encoded(artifact) + "/versions/" + RegistryHttp.encoded(version);
    }

    /** Returns whether the registry lacks what was asked for. Of a path that does not exist it says {@code NotFoundException} alone. */
    private static boolean isNotFound(Answer answer) {
        String name = answer.status() == 404 ? answer.json().path("name").asText() : "";
        return name.endsWith("NotFoundException") && !name.equals("NotFoundException");
    }
}
