package dev.weir.registry;

import dev.weir.core.catalog.Avro;
import dev.weir.core.catalog.Input;
import dev.weir.core.decode.AvroDecoder;
import dev.weir.core.decode.Decoder;
import dev.weir.core.decode.DecoderFactory;
import dev.weir.core.decode.Layout;
import java.util.ArrayList;
import java.util.List;

/**
 * Creates the decoders of all formats, those included that ask a schema registry. Each such input has a client of its own. Closing ends the
 * clients, after which the decoders decode no schema that they have not met yet.
 */
public final class RegistryDecoders implements DecoderFactory, AutoCloseable {
    private static final long serialVersionUID = 1L;

    /** Null until there is one; not serialized. */
    private transient List<SchemaRegistry> clients;

    /**
     * Creates a decoder.
     *
     * @throws dev.weir.failure.RefusedException if this process lacks a file or a variable that the access to the registry names
     */
    @Override
    public Decoder decoder(Input input, Layout layout) {
        Avro avro = input.payload().avro();
        if (input.format() != Input.Format.AVRO || avro == null || avro.registry() == null) {
            return Decoder.of(input, layout);
        }
        SchemaRegistry client = new SchemaRegistry(avro.registry());
        clients = clients == null ? new ArrayList<>() : clients;
        clients.add(client);
        return new AvroDecoder(layout, client);
    }

    @Override
    public void close() {
        if (clients != null) {
            clients.forEach(SchemaRegistry::close);
            clients = null;
        }
    }
}
