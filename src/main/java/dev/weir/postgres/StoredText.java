package dev.weir.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Brings texts from outside into a form that PostgreSQL can hold. An announcement may name anything as a file, and must not be able to stop
 * the job.
 */
public final class StoredText {
    /** Limit of a URI in {@code weir_files}: an entry of an index takes at most 2,704 bytes, all columns of the key together. */
    public static final int MAX_URI_BYTES = 1_800;
    /** Limit of a version in {@code weir_files}. */
    public static final int MAX_VERSION_BYTES = 300;

    private static final int REPLACEMENT = 0xFFFD;

    /**
     * Returns the text with U+FFFD for NUL and unpaired surrogates. If it takes more bytes than allowed as UTF-8, it is cut, and ends with
     * a hash of all of it, so that two long texts stay two.
     *
     * @param maxBytes above 100
     */
    public static String of(String text, int maxBytes) {
        if (text == null) {
            return null;
        }
        StringBuilder clean = new StringBuilder(text.length());
        // A pair of surrogates is one code point, which is not a surrogate.
        text.codePoints()
                .map(c -> c == 0 || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? REPLACEMENT : c)
                .forEach(clean::appendCodePoint);
        byte[] utf8 = clean.toString().getBytes(UTF_8);
        if (utf8.length <= maxBytes) {
            return clean.toString();
        }
        String end = "...sha256:" + HexFormat.of().formatHex(sha256(utf8));
        int length = maxBytes - end.length();
        while ((utf8[length] & 0xC0) == 0x80) { // A byte of this form continues a character.
            length--;
        }
        return new String(utf8, 0, length, UTF_8) + end;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // Every Java has it.
        }
    }

    private StoredText() {}
}
