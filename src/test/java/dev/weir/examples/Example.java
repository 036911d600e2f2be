package dev.weir.examples;

import dev.weir.config.ConfigLoader;
import dev.weir.config.WeirConfig;
import dev.weir.core.catalog.Input;
import dev.weir.core.decode.AvroDecoder;
import dev.weir.core.decode.AvroSchemas;
import dev.weir.core.decode.Decoder;
import dev.weir.core.decode.DecoderFactory;
import dev.weir.core.decode.MalformedEventException;
import dev.weir.core.model.Event;
import dev.weir.testing.catalogtest.WeirTestFile;
import dev.weir.testing.catalogtest.WeirTestReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/** One directory of {@code examples/} with a catalog, sample records and their verdicts. */
record Example(String name, WeirTestFile test, WeirConfig config) {
    private static final Path GALLERY = Path.of("examples");
    private static final String TEST_FILE = "expected.weir-test.yaml";

    /** Returns the names of all examples, in order. */
    static List<String> names() throws IOException {
        try (Stream<Path> directories = Files.list(GALLERY)) {
            return directories
                    .filter(directory -> Files.exists(directory.resolve("catalog.yaml")))
                    .map(directory -> directory.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    static Example of(String name) throws IOException {
        WeirTestFile test = WeirTestReader.read(GALLERY.resolve(name).resolve(TEST_FILE));
        return new Example(name, test, config(test, test.catalog()));
    }

    /** Returns the decoders of the core alone. Of Avro they know the schemas that the events name. */
    DecoderFactory decoders() {
        Map<Long, String> schemas = test.schemas();
        return (input, layout) ->
                input.format() == Input.Format.AVRO && input.payload().avro().schema() == null
                        ? new AvroDecoder(layout, id -> schema(schemas.get(id), id))
                        : Decoder.of(input, layout);
    }

    private static Schema schema(String text, long id) throws MalformedEventException {
        if (text == null) {
            throw new MalformedEventException("no schema has the id " + id);
        }
        return AvroSchemas.parse(List.of(text));
    }

    /** Returns the example with another catalog in the place of its own. */
    Example with(Path catalog) {
        return new Example(name, test, config(test, catalog));
    }

    /** Returns the topics of the events, in order. */
    List<String> topics() {
        return topics(test);
    }

    private static List<String> topics(WeirTestFile test) {
        return test.events().stream()
                .map(Event::origin)
                .map(origin -> origin.topic())
                .distinct()
                .toList();
    }

    /** Loads the catalog as a start of the job does. No Kafka and no lake are there. */
    private static WeirConfig config(WeirTestFile test, Path catalog) {
        Map<String, String> options = new HashMap<>(test.options());
        options.put("weir.catalog", catalog.toString());
        options.put("weir.kafka.bootstrap-servers", "localhost:9092");
        options.put("weir.kafka.topics", String.join(";", topics(test)));
        options.put("weir.dead-letter.topic", "rejected");
        options.put("weir.lake.path", "file:///tmp/lake");
        options.put("execution.checkpointing.interval", "1 s");
        options.put("execution.checkpointing.dir", "file:///tmp/checkpoints");
        return new ConfigLoader().load(null, options).config();
    }

    @Override
    public String toString() {
        return name;
    }
}
