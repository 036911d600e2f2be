package dev.weir.core.decode;

/**
 * Recognizes bytes that another tool has wrapped or compressed, a common cause of the first rejects of a new job. Only explains a reject
 * and changes no verdict.
 */
public final class Framing {
    private static final int SCHEMA_ID_END = 5;

    private Framing() {}

    /** Returns what the bytes look like and what to do about it, beginning with {@code "; "}; "" if nothing is recognized. */
    public static String hint(byte[] value) {
        if (value == null || value.length < 2) {
            return "";
        }
        int first = value[0] & 0xFF;
        int second = value[1] & 0xFF;
        if (first == 0 && value.length > SCHEMA_ID_END) {
            return "; a schema registry's serializer begins so (a zero byte, then schema id " + schemaId(value)
                    + "): have the producer write plain JSON or CSV";
        }
        if ((first == 0xFE && second == 0xFF) || (first == 0xFF && second == 0xFE) || second == 0) {
            return "; it looks like UTF-16: have the producer write UTF-8";
        }
        if (first == 0x1F && second == 0x8B) {
            return "; it looks like gzip: use the producer's compression.type instead";
        }
        return "";
    }

    private static long schemaId(byte[] value) {
        long id = 0;
        for (int i = 1; i < SCHEMA_ID_END; i++) {
            id = id << 8 | value[i] & 0xFF;
        }
        return id;
    }
}
