package dev.weir.testing.catalogtest;

import dev.weir.config.parse.Durations;
import dev.weir.core.model.Event;
import dev.weir.core.model.FileHead;
import dev.weir.core.model.Origin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** Reads {@code given}: the records of some topics. */
final class GivenReader {
    private static final List<String> VALUES = List.of("text", "json", "base64", "file", "rows", "avro", "tombstone");
    private static final List<String> KEYS = List.of(
            "topic",
            "partition",
            "key",
            "headers",
            "timestamp",
            "every",
            "text",
            "json",
            "base64",
            "file",
            "rows",
            "of",
            "avro",
            "tombstone");

    private final Path directory;
    private final List<Event> events = new ArrayList<>();
    private final Map<Long, String> schemas = new HashMap<>();
    private final Map<List<Object>, Long> offsets = new HashMap<>();
    private String topic;
    private Long timestampMillis;

    /** @param directory where the files that events name are */
    GivenReader(Path directory) {
        this.directory = directory;
    }

    List<Event> events() {
        return events;
    }

    /** Returns the schemas that events name with an id. */
    Map<Long, String> schemas() {
        return schemas;
    }

    void read(Keys file) {
        file.entries("given", KEYS).forEach(this::record);
    }

    private void record(Keys given) {
        topic = given.has("topic") ? given.text("topic") : topic;
        Long micros = given.micros("timestamp");
        timestampMillis = micros == null ? timestampMillis : Long.valueOf(Math.floorDiv(micros, 1_000L));
        if (topic == null || timestampMillis == null) {
            given.problem(topic == null ? "topic" : "timestamp", "is missing", "the first event needs it");
            return;
        }
        if (given.has("rows")) {
            rows(given);
            return;
        }
        long everyMillis = everyMillis(given);
        List<byte[]> values = values(given);
        for (int i = 0; i < values.size(); i++) {
            timestampMillis += i == 0 ? 0 : everyMillis;
            add(given, values.get(i));
        }
    }

    /** Adds the rows of an announced file, whose first line is the header. All have the announcement's position. */
    private void rows(Keys given) {
        String uri = given.required("of");
        Origin announcement = origin(given).of(uri);
        FileHead head = null;
        long row = 0;
        for (byte[] line : lines(given, "rows")) {
            if (head == null) {
                String names = new String(line, StandardCharsets.UTF_8).replace("\"", "");
                head = new FileHead(List.of(names.split(",", -1)), null);
                continue;
            }
            Origin origin = new Origin(
                    announcement.topic(),
                    announcement.partition(),
                    announcement.offset(),
                    announcement.timestampMillis(),
                    uri,
                    ++row);
            events.add(Event.row(origin, given.has("key") ? utf8(given.text("key")) : null, line, List.of(), head));
        }
    }

    private Origin origin(Keys given) {
        int partition = given.has("partition") ? (int) (long) given.whole("partition") : 0;
        long offset = offsets.merge(List.of(topic, partition), 1L, Long::sum) - 1;
        return new Origin(topic, partition, offset, timestampMillis);
    }

    private static long everyMillis(Keys given) {
        try {
            String text = given.text("every");
            return text == null ? 0 : Durations.parse(text).toMillis();
        } catch (IllegalArgumentException e) {
            given.problem("every", "is wrong: " + e.getMessage(), Durations.CURE);
            return 0;
        }
    }

    private void add(Keys given, byte[] value) {
        List<Event.Header> headers = new ArrayList<>();
        Map<String, String> texts = given.below("headers", List.of()).texts();
        texts.forEach((name, text) -> headers.add(new Event.Header(name, utf8(text))));
        Origin origin = origin(given);
        byte[] key = given.has("key") ? utf8(given.text("key")) : null;
        events.add(new Event(origin, key, value, List.copyOf(headers)));
    }

    private List<byte[]> values(Keys given) {
        List<String> named = VALUES.stream().filter(given::has).toList();
        if (named.size() != 1) {
            String cure = "write exactly one of " + String.join(", ", VALUES);
            given.problem(
                    named.isEmpty() ? "value" : named.get(1), named.isEmpty() ? "is missing" : "is one too many", cure);
            return List.of();
        }
        List<byte[]> values = new ArrayList<>();
        switch (named.get(0)) {
            case "text" -> values.add(utf8(given.text("text")));
            case "json" -> values.add(utf8(YamlJson.text(given.node("json"))));
            case "base64" -> values.add(base64(given));
            case "file" -> values.addAll(lines(given, "file"));
            case "avro" -> values.add(avro(given));
            default -> values.add(null);
        }
        return values;
    }

    private static byte[] base64(Keys given) {
        try {
            return Base64.getDecoder().decode(given.text("base64"));
        } catch (IllegalArgumentException e) {
            given.problem("base64", "is no base64: " + e.getMessage(), "encode the bytes with base64");
            return null;
        }
    }

    /** Returns the lines of the file, without their ends and without empty ones. */
    private List<byte[]> lines(Keys given, String key) {
        return read(given, key)
                .lines()
                .filter(line -> !line.isEmpty())
                .map(GivenReader::utf8)
                .toList();
    }

    private byte[] avro(Keys given) {
        Keys avro = given.below("avro", List.of("schema", "id", "value"));
        String schema = read(avro, "schema");
        Long id = avro.whole("id");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            if (id != null) {
                schemas.put(id, schema);
                bytes.write(ByteBuffer.allocate(5)
                        .put((byte) 0)
                        .putInt(id.intValue())
                        .array());
            }
            bytes.write(AvroBytes.of(new Schema.Parser().parse(schema), YamlJson.text(avro.node("value"))));
        } catch (IOException | IllegalArgumentException | AvroRuntimeException e) {
            given.problem("avro", "cannot be written: " + e.getMessage(), "let the value fit the schema");
        }
        return bytes.toByteArray();
    }

    private String read(Keys keys, String key) {
        String name = keys.required(key);
        try {
            return name == null ? "" : Files.readString(directory.resolve(name));
        } catch (IOException e) {
            keys.problem(key, "cannot be read: " + e.getMessage(), "name a file beside the test file");
            return "";
        }
    }

    private static byte[] utf8(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }
}
