package dev.weir.generation;

import dev.weir.config.WeirConfig;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Fingerprints the verdict rules: the catalog and the options that a reading's verdict depends on. */
final class Verdicts {

    /** Returns 16 hexadecimal digits, equal for equal rules ({@link VerdictText}). */
    static String fingerprint(WeirConfig config) {
        byte[] text = VerdictText.of(config).getBytes(StandardCharsets.UTF_8);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private Verdicts() {}
}
