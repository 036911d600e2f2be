package dev.weir.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Tells apart all versions of all files: the first 128 bits of SHA-256 over URI, a zero byte and version. */
record FileIdentity(long high, long low) {

    static FileIdentity of(String uri, String version) {
        MessageDigest sha = sha256();
        sha.update(uri.getBytes(UTF_8));
        sha.update((byte) 0);
        ByteBuffer digest = ByteBuffer.wrap(sha.digest(version.getBytes(UTF_8)));
        return new FileIdentity(digest.getLong(), digest.getLong());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
