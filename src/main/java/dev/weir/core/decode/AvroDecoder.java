package dev.weir.core.decode;

import dev.weir.core.model.FileHead;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * Decodes Avro bodies. Each writer's schema is compiled once, together with the mapping, to steps that store what is mapped and pass
 * over the rest. No schema of a reader is involved: a field that a writer does not have is absent.
 *
 * <p>A schema is either the same for all bodies, or that of the file whose row the body is, or its id stands in front of the body in a
 * schema registry's wire format: a zero byte, then 4 bytes, or, if these are zero, 8 bytes, most significant first.
 */
public final class AvroDecoder implements Decoder {
    private static final int ID_END = 1 + Integer.BYTES;
    private static final int LONG_ID_END = 1 + Long.BYTES;
    /** Limit of schemas of files that are kept compiled. Usually there is one for each generation of devices. */
    private static final int MAX_FILE_SCHEMAS = 100;
    /** No id; ids are positive. */
    private static final long NONE = -1;

    private static final AvroStep NO_SCHEMA = (in, to) -> {
        throw new MalformedEventException("no schema: it is no row of a file");
    };

    private final AvroBytes in = new AvroBytes();
    private final AvroCells cells;
    private final AvroCompiler compiler;
    private final PathNode root;
    /** Null if all bodies have one schema. */
    private final AvroSchemas schemas;

    private final Map<Long, AvroStep> bodies = new HashMap<>();
    private long lastId = NONE;
    private AvroStep lastBody;

    private final Map<String, AvroStep> bodiesOfFiles = new HashMap<>();
    private FileHead lastFile;
    private AvroStep bodyOfFile;

    /** Creates a decoder of bodies with a schema's id in front. */
    public AvroDecoder(Layout layout, AvroSchemas schemas) {
        this.schemas = schemas;
        cells = new AvroCells(layout);
        compiler = new AvroCompiler(layout);
        root = PathNode.of(layout);
    }

    /**
     * Creates a decoder of plain bodies.
     *
     * @param schema the schema's JSON; null if all bodies are rows of files
     * @throws IllegalArgumentException if it is no Avro schema
     */
    AvroDecoder(Layout layout, String schema) {
        this(layout, (AvroSchemas) null);
        lastBody = schema == null ? NO_SCHEMA : compiler.body(AvroSchemas.parse(List.of(schema)), root);
    }

    @Override
    public void decode(byte[] value, FileHead file, Items into) throws MalformedEventException {
        int start = 0;
        AvroStep body;
        if (file != null && file.avroSchema() != null) {
            body = bodyOf(file);
        } else if (schemas != null) {
            long id = id(value);
            start = value[1] == 0 && value[2] == 0 && value[3] == 0 && value[4] == 0 ? LONG_ID_END : ID_END;
            if (id != lastId) {
                lastBody = body(id);
                lastId = id;
            }
            body = lastBody;
        } else {
            body = lastBody;
        }
        cells.fill(into);
        in.begin(value, start);
        try {
            body.read(in, cells);
            into.end(0);
            if (in.left() != 0) {
                throw new MalformedEventException(in.left() + " bytes after the end of the body");
            }
        } catch (MalformedEventException e) {
            throw new MalformedEventException("not Avro of " + schemaName(value, file) + ": " + e.getMessage());
        }
    }

    private String schemaName(byte[] value, FileHead file) {
        if (file != null && file.avroSchema() != null) {
            return "the file's schema";
        }
        if (schemas != null) {
            return "schema " + lastId;
        }
        boolean framed = value.length > ID_END && value[0] == 0;
        return "the input's schema"
                + (framed ? " (it begins as a schema registry's serializer writes: use avro.registry)" : "");
    }

    private static long id(byte[] value) throws MalformedEventException {
        if (value.length < ID_END || value[0] != 0) {
            throw notFramed();
        }
        long id = number(value, ID_END);
        if (id == 0) {
            if (value.length < LONG_ID_END) {
                throw notFramed();
            }
            id = number(value, LONG_ID_END);
        }
        if (id <= 0 || id > Integer.MAX_VALUE && number(value, ID_END) != 0) {
            throw new MalformedEventException("schema id " + id + " is none that a registry gives");
        }
        return id;
    }

    private static MalformedEventException notFramed() {
        return new MalformedEventException("does not begin with a schema id (a zero byte, then 4 or 8 bytes):"
                + " have the producer write with a schema registry's serializer, or name avro.schema");
    }

    private static long number(byte[] value, int end) {
        long number = 0;
        for (int i = 1; i < end; i++) {
            number = number << Byte.SIZE | value[i] & 0xFF;
        }
        return number;
    }

    /** All rows of a file share one object. */
    @SuppressWarnings("ReferenceEquality")
    private AvroStep bodyOf(FileHead file) throws MalformedEventException {
        if (file != lastFile) {
            bodyOfFile = bodiesOfFiles.get(file.avroSchema());
            if (bodyOfFile == null) {
                bodyOfFile = compiled(file.avroSchema());
                if (bodiesOfFiles.size() == MAX_FILE_SCHEMAS) {
                    bodiesOfFiles.clear();
                }
                bodiesOfFiles.put(file.avroSchema(), bodyOfFile);
            }
            lastFile = file;
        }
        return bodyOfFile;
    }

    private AvroStep compiled(String schema) throws MalformedEventException {
        try {
            return compiler.body(AvroSchemas.parse(List.of(schema)), root);
        } catch (IllegalArgumentException e) {
            throw new MalformedEventException("the file's schema is none: " + e.getMessage());
        }
    }

    private AvroStep body(long id) throws MalformedEventException {
        AvroStep body = bodies.get(id);
        if (body == null) {
            Schema schema = schemas.schema(id);
            body = compiler.body(schema, root);
            bodies.put(id, body);
        }
        return body;
    }
}
