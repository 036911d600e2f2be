package dev.weir.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.core.catalog.Avro;
import dev.weir.core.decode.MalformedEventException;
import dev.weir.core.decode.NotNowException;
import dev.weir.testing.ApicurioProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The client asks a real registry by the protocols that it speaks. Only where its program was unpacked ({@code -Pnightly}). */
@EnabledIfSystemProperty(named = "weir.apicurio.home", matches = ".+")
class ApicurioIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    @Test
    void aRealRegistryAnswersAsTheOneOfTheTests() throws Exception {
        Path home = Path.of(System.getProperty("weir.apicurio.home"));
        try (ApicurioProcess apicurio = ApicurioProcess.start(home, directory.resolve("apicurio.log"))) {
            String point = "{\"type\":\"record\",\"name\":\"Point\",\"fields\":[{\"name\":\"x\",\"type\":\"int\"}]}";
            String line = "{\"type\":\"record\",\"name\":\"Line\",\"fields\":[{\"name\":\"from\",\"type\":\"Point\"}]}";
            ObjectNode first = JSON.createObjectNode().put("schema", point);
            ObjectNode second = JSON.createObjectNode().put("schema", line);
            second.putArray("references")
                    .addObject()
                    .put("name", "Point")
                    .put("subject", "point")
                    .put("version", 1);
            apicurio.register("point", first.toString());
            int id = JSON.readTree(apicurio.register("line", second.toString()))
                    .path("id")
                    .asInt();

            List<String> protocols =
                    List.of("ccompat/v7", "registry/v2", "registry/v2/ids/globalIds", "registry/v2/ids/contentIds");
            for (String protocol : protocols) {
                try (SchemaRegistry registry = registry(apicurio.url(protocol))) {
                    registry.requireReachable();
                    Schema read = registry.schema(id);
                    assertThat(read.getField("from")
                                    .schema()
                                    .getField("x")
                                    .schema()
                                    .getType())
                            .as(protocol)
                            .isEqualTo(Schema.Type.INT);
                    assertThatThrownBy(() -> registry.schema(99))
                            .isInstanceOf(MalformedEventException.class)
                            .hasMessage("the schema registry has no schema 99");
                }
            }
            for (String wrong : List.of("ccompat/v99", "registry/v2/wrong")) {
                try (SchemaRegistry registry = registry(apicurio.url(wrong))) {
                    assertThatThrownBy(() -> registry.schema(id))
                            .isInstanceOf(NotNowException.class)
                            .hasMessageContaining("correct the address");
                }
            }
        }
    }

    private static SchemaRegistry registry(String url) {
        return new SchemaRegistry(new Avro.Registry(url, null, null, Map.of()));
    }
}
