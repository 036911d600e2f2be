package dev.weir.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/** Which failures of a handshake somebody must mend, and which pass: as the driver and Java's TLS report them. */
class TlsRefusalTest {
    @Test
    void anAuthorityThatIsNotTrustedIsToBeMended() {
        assertThat(TlsRefusal.of(
                        failure(handshake(new CertificateException("unable to find valid certification path")))))
                .startsWith("weir.postgres.url: no TLS connection that can be trusted (unable to find")
                .contains("sslrootcert");
    }

    @Test
    void aHandshakeThatTheServerRefusesIsToBeMended() {
        assertThat(TlsRefusal.of(failure(new SSLHandshakeException("Received fatal alert: unknown_ca"))))
                .contains("unknown_ca");
    }

    /** Java calls it a handshake exception, too: a restart of the server must not end the job. */
    @Test
    void aServerThatGoesAwayInTheMiddleOfAHandshakeIsAway() {
        assertThat(TlsRefusal.of(failure(handshake(new EOFException("SSL peer shut down incorrectly")))))
                .isNull();
        assertThat(TlsRefusal.of(failure(handshake(new SocketException("Connection reset")))))
                .isNull();
    }

    /** A client that does not trust the server hangs up: what is wrong is still the certificate. */
    @Test
    void aBadCertificateStaysOneWhenTheConnectionBreaksOverIt() {
        assertThat(TlsRefusal.of(
                        failure(handshake(new CertificateException("PKIX", new SocketException("Broken pipe"))))))
                .contains("sslrootcert must name a file");
    }

    @Test
    void aCertificateForAnotherHostIsToBeMended() {
        assertThat(TlsRefusal.of(new PSQLException(
                        "The hostname db could not be verified by hostnameverifier PgjdbcHostnameVerifier.",
                        PSQLState.CONNECTION_FAILURE)))
                .startsWith("weir.postgres.url: the server's certificate is for another host");
    }

    @Test
    void aFileThatIsNotMountedIsNamed() {
        assertThat(TlsRefusal.of(new PSQLException(
                        "Could not open SSL root certificate file /run/ca.pem.",
                        PSQLState.CONNECTION_FAILURE,
                        new FileNotFoundException("/run/ca.pem"))))
                .contains("/run/ca.pem", "mount the file");
    }

    @Test
    void aServerThatIsAwayIsNotAboutTls() {
        assertThat(TlsRefusal.of(failure(new ConnectException("Connection refused"))))
                .isNull();
    }

    private static PSQLException failure(IOException cause) {
        return new PSQLException("SSL error: " + cause.getMessage(), PSQLState.CONNECTION_FAILURE, cause);
    }

    private static SSLHandshakeException handshake(Exception cause) {
        SSLHandshakeException handshake = new SSLHandshakeException(cause.getMessage());
        handshake.initCause(cause);
        return handshake;
    }
}
