package dev.weir.postgres;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.net.SocketException;
import java.nio.file.NoSuchFileException;
import java.security.cert.CertificateException;
import java.util.Locale;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Tells an untrusted certificate from a server that is away. The driver gives both SQLSTATE 08006. */
final class TlsRefusal {
    private TlsRefusal() {}

    /** Returns the error and the cure, or null if the error is not about certificates. */
    static String of(Throwable error) {
        String reason = "";
        boolean certificate = false;
        boolean file = false;
        boolean broken = false;
        boolean untrusted = false;
        for (Throwable t = error; t != null; t = t.getCause()) {
            reason = t.getMessage() == null ? reason : t.getMessage();
            certificate |= t instanceof SSLHandshakeException
                    || t instanceof SSLPeerUnverifiedException
                    || t instanceof CertificateException;
            // A server that stops in the middle of a handshake is away, whatever class the outer exception has.
            broken |= t instanceof EOFException || t instanceof SocketException;
            untrusted |= t instanceof CertificateException;
            file |= t instanceof FileNotFoundException || t instanceof NoSuchFileException;
        }
        String outer = String.valueOf(error.getMessage());
        if (outer.toLowerCase(Locale.ROOT).contains("hostnameverifier")) {
            return "weir.postgres.url: the server's certificate is for another host (" + outer
                    + "); use a host name that it holds, or give the server a certificate for this one";
        }
        if (certificate && (untrusted || !broken)) {
            return "weir.postgres.url: no TLS connection that can be trusted (" + reason
                    + "); sslrootcert must name a file with the authority that signed the server's certificate";
        }
        return file
                ? "weir.postgres.url: " + outer
                        + "; mount the file that sslrootcert (or sslcert, sslkey) names in every process"
                : null;
    }
}
