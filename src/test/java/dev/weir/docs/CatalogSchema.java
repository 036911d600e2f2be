package dev.weir.docs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.config.catalog.CatalogKey;
import dev.weir.config.catalog.CatalogKeys;
import dev.weir.config.catalog.CatalogTexts;
import dev.weir.config.catalog.Shape;
import dev.weir.config.catalog.Shape.Count;
import dev.weir.config.catalog.Shape.Keys;
import dev.weir.config.catalog.Shape.ListOf;
import dev.weir.config.catalog.Shape.MapOf;
import dev.weir.config.catalog.Shape.Named;
import dev.weir.config.catalog.Shape.OneOf;
import dev.weir.config.catalog.Shape.Text;
import dev.weir.config.catalog.Shape.Word;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Renders {@code docs/catalog.schema.json} from the catalog's keys. The schema accepts every catalog that the reader accepts. It refuses
 * what can be seen without knowing what a pattern or a time zone means, and without comparing two values.
 */
final class CatalogSchema {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern LINK = Pattern.compile("\\[([^]]*)]\\([^)]*\\)");

    private static final String VERSIONS =
            """
            {"type": "object",
             "required": ["version"],
             "properties": {"version": {"enum": [1, "1", 2, "2"]}},
             "if": {"required": ["version"], "properties": {"version": {"enum": [2, "2"]}}},
             "then": {"$ref": "#/$defs/version-2"},
             "else": {"$ref": "#/$defs/version-1"}}
            """;

    private static final String WIDE_OR_LONG =
            """
            {"if": {"required": ["readings"]},
             "then": {"properties": {"fields": {"properties": {"metric": false, "value": false, "unit": false}}}},
             "else": {"properties": {"fields": {"required": ["metric", "value"]}}}}
            """;

    private static final String TIME_FORMAT =
            """
            {"if": {"required": ["fields"], "properties": {"fields": {"type": "array", "minItems": 2}}},
             "then": {"required": ["format"]}}
            """;

    /** What depends on two keys, by the mapping's path. */
    private static final Map<String, String> RULES = Map.of(
            "",
            """
            {"if": {"required": ["unknown-metric"], "properties": {"unknown-metric": {"const": "accept"}}},
             "else": {"required": ["metrics"], "properties": {"metrics": {"type": "object", "minProperties": 1}}}}
            """,
            "input",
            """
            {"allOf": [
              {"if": {"required": ["format"], "properties": {"format": {"const": "csv"}}},
               "then": {"required": ["csv"], "properties": {
                 "fields": {"additionalProperties": {"pattern": "^[^/]"}},
                 "readings": {"additionalProperties": {"pattern": "^[^/]"}}}},
               "else": {"properties": {"csv": false}}},
              %s
            ]}
            """
                    .formatted(WIDE_OR_LONG),
            "input.fields.event-time",
            """
            {"oneOf": [{"required": ["field"]}, {"required": ["fields"]}],
             "allOf": [%s],
             "dependentRequired": {"overlap": ["zone"]}}
            """
                    .formatted(TIME_FORMAT),
            "inputs[]",
            """
            {"allOf": [
              {"if": {"required": ["format"], "properties": {"format": {"const": "csv"}}},
               "then": {"required": ["csv"], "properties": {
                 "unwrap": false, "each": false,
                 "fields": {"additionalProperties": {"pattern": "^[^/]"}},
                 "readings": {"properties": {"*": false}, "additionalProperties": {"pattern": "^[^/]"}}}},
               "else": {"properties": {"csv": false}}},
              {"if": {"required": ["format"], "properties": {"format": {"const": "avro"}, "files": false}},
               "then": {"required": ["avro"]},
               "else": {"properties": {"avro": false}}},
              {"if": {"required": ["files"]}, "then": {"properties": {"format": {"not": {"const": "senml"}}}},
               "else": {"properties": {"format": {"not": {"const": "parquet"}},
                                       "csv": {"properties": {"header": {"not": {"const": "first-line"}}}}}}},
              {"if": {"required": ["topics"]}, "then": {"properties": {"topic-pattern": false}}},
              {"if": {"required": ["encoding"]},
               "then": {"required": ["unwrap"], "properties": {"unwrap": {"type": ["string", "number", "boolean"]}}}},
              %s
            ]}
            """
                    .formatted(WIDE_OR_LONG),
            "<source>",
            """
            {"oneOf": [{"required": ["field"]}, {"required": ["key"]}, {"required": ["header"]}, {"required": ["topic"]},
                       {"required": ["path"]}, {"required": ["constant"]}, {"required": ["join"]}],
             "dependentRequired": {"separator": ["join"]}}
            """,
            "inputs[].fields.event-time",
            """
            {"oneOf": [{"required": ["field"]}, {"required": ["fields"]}, {"required": ["key"]}, {"required": ["header"]},
                       {"required": ["topic"]}, {"required": ["path"]}, {"required": ["join"]}, {"required": ["timestamp"], "maxProperties": 1}],
             "allOf": [%s],
             "dependentRequired": {"overlap": ["zone"], "separator": ["join"]}}
            """
                    .formatted(TIME_FORMAT),
            "inputs[].avro",
            """
            {"oneOf": [{"required": ["schema"]}, {"required": ["registry"]}]}
            """,
            "inputs[].avro.registry",
            """
            {"dependentRequired": {"user": ["password"], "password": ["user"]}}
            """);

    /** Shapes with a name, which may contain themselves. */
    private final Map<String, ObjectNode> named = new TreeMap<>();

    private CatalogSchema() {}

    static String render() {
        return new CatalogSchema().text();
    }

    private String text() {
        ObjectNode root = object();
        root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.put("title", "Weir catalog, versions 1 and 2");
        root.put("$comment", "Made from the code by " + ReferenceDocsTest.COMMAND);
        root.setAll((ObjectNode) EditorYaml.parse(VERSIONS));
        ObjectNode definitions = root.putObject("$defs");
        definitions.set("version-1", keys(CatalogKeys.VERSION_1));
        definitions.set("version-2", keys(CatalogKeys.VERSION_2));
        definitions.setAll(named);
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        try {
            DefaultPrettyPrinter printer = new DefaultPrettyPrinter().withObjectIndenter(lines);
            return JSON.writer(printer).writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private ObjectNode of(Shape shape) {
        if (shape instanceof Text text) {
            return text(text);
        }
        if (shape instanceof Word word) {
            return word(word);
        }
        if (shape instanceof ListOf list) {
            return list(list);
        }
        if (shape instanceof MapOf map) {
            return map(map);
        }
        if (shape instanceof Keys keys) {
            return keys(keys);
        }
        if (shape instanceof Named name) {
            if (!named.containsKey(name.name())) {
                named.put(name.name(), object()); // it may contain itself
                named.put(name.name(), of(name.target().get()));
            }
            return object().put("$ref", "#/$defs/" + name.name());
        }
        if (shape instanceof OneOf either) {
            ObjectNode schema = object();
            ArrayNode options = schema.putArray("anyOf");
            for (Shape option : either.options()) {
                // Left empty, a mapping would be an empty text.
                options.add(option instanceof Keys ? of(option).put("type", "object") : of(option));
            }
            return schema;
        }
        ObjectNode number = object().put("pattern", CatalogTexts.NUMBER_PATTERN);
        if (shape instanceof Count) {
            number.put("minimum", 1).put("maximum", Long.MAX_VALUE);
        }
        number.putArray("type")
                .add(shape instanceof Count ? "integer" : "number")
                .add("string");
        return number;
    }

    /**
     * To an editor, a number or a boolean without quotes is no text. To the reader it is, so both are allowed where the
     * pattern fits some.
     */
    private static ObjectNode text(Text text) {
        Pattern pattern = Pattern.compile(text.pattern());
        ObjectNode schema = object();
        ArrayNode types = schema.putArray("type").add("string");
        if (pattern.matcher("7").find()) {
            types.add("number");
        }
        if (pattern.matcher("true").find()) {
            types.add("boolean");
        }
        if (!text.pattern().isEmpty()) {
            schema.put("pattern", text.pattern());
        }
        boolean onlyZero = pattern.matcher("0").find() && !pattern.matcher("7").find();
        return onlyZero ? anyOf(schema, object().put("const", 0)) : schema;
    }

    /** The word {@code true} is also the boolean, and {@code 1} the number. */
    private static ObjectNode word(Word word) {
        ObjectNode schema = object();
        ArrayNode allowed = schema.putArray("enum");
        for (String each : word.allowed()) {
            if (!EditorYaml.parse(each).isTextual()) {
                allowed.add(EditorYaml.parse(each));
            }
            allowed.add(each);
        }
        return schema;
    }

    private ObjectNode list(ListOf list) {
        ObjectNode schema = object().put("type", "array");
        schema.set("items", of(list.item()));
        if (list.least() > 0) {
            schema.put("minItems", list.least());
        }
        if (list.distinct()) {
            schema.put("uniqueItems", true);
        }
        return list.single() ? anyOf(of(list.item()), schema) : schema;
    }

    private ObjectNode map(MapOf map) {
        ObjectNode schema = mapping(map.least() == 0);
        if (!map.keyPattern().isEmpty()) {
            schema.putObject("propertyNames").put("pattern", map.keyPattern());
        }
        if (map.least() > 0) {
            schema.put("minProperties", map.least());
        }
        schema.set("additionalProperties", of(map.value()));
        return schema;
    }

    private ObjectNode keys(Keys keys) {
        ObjectNode schema = mapping(keys.keys().stream().noneMatch(CatalogKey::required));
        ObjectNode properties = schema.putObject("properties");
        keys.keys().forEach(key -> properties.set(key.name(), key(key)));
        keys.keys().stream().filter(CatalogKey::required).forEach(key -> schema.withArray("required")
                .add(key.name()));
        schema.put("additionalProperties", false);
        if (RULES.containsKey(keys.path())) {
            schema.setAll((ObjectNode) EditorYaml.parse(RULES.get(keys.path())));
        }
        return schema;
    }

    private ObjectNode key(CatalogKey key) {
        ObjectNode schema =
                object().put("description", LINK.matcher(key.meaning()).replaceAll("$1"));
        schema.setAll(of(key.shape()));
        if (!key.absent().isEmpty()) {
            schema.set("default", EditorYaml.parse(key.absent()));
        }
        schema.putArray("examples").add(EditorYaml.parse(key.example()));
        return schema;
    }

    /** A mapping without a required key may be left empty, which is null in YAML. */
    private static ObjectNode mapping(boolean mayBeEmpty) {
        ObjectNode schema = object();
        if (mayBeEmpty) {
            schema.putArray("type").add("object").add("null");
        } else {
            schema.put("type", "object");
        }
        return schema;
    }

    private static ObjectNode anyOf(ObjectNode one, ObjectNode other) {
        ObjectNode schema = object();
        schema.putArray("anyOf").add(one).add(other);
        return schema;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
