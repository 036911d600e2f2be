package dev.weir.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An authority, a server's certificate of it for 127.0.0.1 (and no name), a client's of it, and an authority that
 * nobody knows: made anew by the JDK's keytool, in a directory of the caller's.
 */
public final class Certificates {
    /** Of every store, unless the caller names another. */
    public static final String STORE_PASSWORD = "store-of-tests";
    /** The name in the client's certificate, as Kafka calls its user. */
    public static final String CLIENT = "User:CN=weir-job";

    private final Path directory;
    private final KeyStore all;

    private Certificates(Path directory) throws IOException, GeneralSecurityException {
        this.directory = directory;
        keytool("ca", "CN=weir test authority", "-ext", "bc:critical=ca:true");
        keytool("server", "CN=server", "-signer", "ca", "-ext", "san=ip:127.0.0.1");
        keytool("client", "CN=weir-job", "-signer", "ca");
        keytool("stranger", "CN=another authority", "-ext", "bc:critical=ca:true");
        all = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(directory.resolve("all.p12"))) {
            all.load(in, STORE_PASSWORD.toCharArray());
        }
        trust("authority.p12", "ca");
        trust("unknown.p12", "stranger");
        keys(directory.resolve("server.p12"), "PKCS12", "server", STORE_PASSWORD, STORE_PASSWORD);
        pem("authority.pem", "CERTIFICATE", all.getCertificate("ca").getEncoded());
        pem("unknown.pem", "CERTIFICATE", all.getCertificate("stranger").getEncoded());
        pem("server.pem", "CERTIFICATE", all.getCertificate("server").getEncoded());
        Key key = all.getKey("server", STORE_PASSWORD.toCharArray());
        Path file = pem("server.key", "PRIVATE KEY", key.getEncoded());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    /** Takes some seconds. */
    public static Certificates in(Path directory) {
        try {
            return new Certificates(Files.createDirectories(directory));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("no certificates in " + directory, e);
        }
    }

    /** Truststore of the authority. */
    public Path authority() {
        return directory.resolve("authority.p12");
    }

    /** Truststore of an authority that signed nothing. */
    public Path unknownAuthority() {
        return directory.resolve("unknown.p12");
    }

    public Path authorityPem() {
        return directory.resolve("authority.pem");
    }

    public Path unknownAuthorityPem() {
        return directory.resolve("unknown.pem");
    }

    Path serverStore() {
        return directory.resolve("server.p12");
    }

    Path serverCertificate() {
        return directory.resolve("server.pem");
    }

    Path serverKey() {
        return directory.resolve("server.key");
    }

    /** The client's key and certificate are in the file, as JKS: it alone takes two passwords. */
    public Path clientStore(String name, String storePassword, String keyPassword) {
        try {
            return keys(directory.resolve(name), "JKS", "client", storePassword, keyPassword);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path keys(Path file, String type, String alias, String storePassword, String keyPassword)
            throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(type);
        store.load(null, null);
        Certificate[] chain = all.getCertificateChain(alias);
        store.setKeyEntry(alias, all.getKey(alias, STORE_PASSWORD.toCharArray()), keyPassword.toCharArray(), chain);
        return write(file, store, storePassword);
    }

    private void trust(String name, String alias) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry(alias, all.getCertificate(alias));
        write(directory.resolve(name), store, STORE_PASSWORD);
    }

    private static Path write(Path file, KeyStore store, String password) throws IOException, GeneralSecurityException {
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, password.toCharArray());
        }
        return file;
    }

    private Path pem(String name, String kind, byte[] der) throws IOException {
        String body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        return Files.writeString(
                directory.resolve(name), "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n");
    }

    private void keytool(String alias, String name, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-genkeypair",
                "-keystore",
                directory.resolve("all.p12").toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                STORE_PASSWORD,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "2",
                "-alias",
                alias,
                "-dname",
                name));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IOException("keytool for " + alias + ": " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
