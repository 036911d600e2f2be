package dev.weir.registry;

import dev.weir.core.catalog.Avro;
import dev.weir.core.decode.AvroSchemas;
import dev.weir.core.decode.MalformedEventException;
import dev.weir.core.decode.NotNowException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.avro.Schema;

/**
 * The schemas of a registry. Each id is asked for once, and its schema kept, because a registry never gives an id to another schema.
 *
 * <p>That an id is unknown is kept for {@link #UNKNOWN_FOR} only: a follower of a registry may know a new schema a moment after its leader,
 * and records that are garbage must not ask for each of their ids again and again. Not thread-safe.
 */
final class SchemaRegistry implements AvroSchemas, AutoCloseable {
    static final Duration UNKNOWN_FOR = Duration.ofSeconds(10);
    /** With more unknown ids, all are forgotten. */
    private static final int MAX_UNKNOWN = 10_000;

    private final RegistryHttp http;
    private final RegistryProtocol protocol;
    private final LongSupplier nanos;
    private final Map<Long, Schema> known = new HashMap<>();
    private final Map<Long, Unknown> unknown = new HashMap<>();

    private record Unknown(String detail, long sinceNanos) {}

    SchemaRegistry(Avro.Registry registry) {
        this(registry, System::nanoTime);
    }

    SchemaRegistry(Avro.Registry registry, LongSupplier nanos) {
        this.http = new RegistryHttp(registry);
        this.protocol = RegistryProtocol.of(registry.url(), http);
        this.nanos = nanos;
    }

    @Override
    public Schema schema(long id) throws MalformedEventException {
        Schema schema = known.get(id);
        if (schema == null) {
            Unknown before = unknown.get(id);
            if (before != null && nanos.getAsLong() - before.sinceNanos() < UNKNOWN_FOR.toNanos()) {
                throw new MalformedEventException(before.detail());
            }
            schema = fetch(id);
            known.put(id, schema);
        }
        return schema;
    }

    private Schema fetch(long id) throws MalformedEventException {
        try {
            List<String> texts = protocol.schema(id);
            return AvroSchemas.parse(texts);
        } catch (UnusableSchemaException e) {
            throw remembered(id, e.getMessage());
        } catch (IllegalArgumentException e) {
            throw remembered(id, "schema " + id + " is no Avro schema: " + e.getMessage());
        }
    }

    private MalformedEventException remembered(long id, String detail) {
        if (unknown.size() >= MAX_UNKNOWN) {
            unknown.clear();
        }
        unknown.put(id, new Unknown(detail, nanos.getAsLong()));
        return new MalformedEventException(detail);
    }

    /**
     * Asks for a schema that no registry has, so that address, TLS and credentials are tried.
     *
     * @throws NotNowException if the registry does not answer as one
     */
    void requireReachable() {
        try {
            protocol.schema(Integer.MAX_VALUE);
        } catch (UnusableSchemaException e) {
            return; // It answers as a registry does that lacks the schema.
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
