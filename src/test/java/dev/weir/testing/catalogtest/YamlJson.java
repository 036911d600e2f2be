package dev.weir.testing.catalogtest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.weir.config.parse.YamlNode;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.regex.Pattern;

/** Writes a value of a YAML file as JSON, without blanks. JSON is YAML, so JSON in the file comes out as it stands there. */
final class YamlJson {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Pattern LITERAL =
            Pattern.compile("true|false|null|-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?");

    private YamlJson() {}

    static String text(YamlNode node) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            write(node, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(YamlNode node, JsonGenerator json) throws IOException {
        if (node instanceof YamlNode.Mapping mapping) {
            json.writeStartObject();
            for (Map.Entry<String, YamlNode.Entry> member : mapping.entries().entrySet()) {
                json.writeFieldName(member.getKey());
                write(member.getValue().value(), json);
            }
            json.writeEndObject();
        } else if (node instanceof YamlNode.Sequence sequence) {
            json.writeStartArray();
            for (YamlNode item : sequence.items()) {
                write(item, json);
            }
            json.writeEndArray();
        } else if (node instanceof YamlNode.Scalar scalar) {
            if (scalar.plain() && LITERAL.matcher(scalar.text()).matches()) {
                // A number keeps its digits: 21.50 stays 21.50.
                json.writeRawValue(scalar.text());
            } else if (scalar.empty()) {
                json.writeNull();
            } else {
                json.writeString(scalar.text());
            }
        }
    }
}
