package dev.weir.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WatchedSocketsTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    /** The kernel takes the first bytes for it, and then nothing more. */
    @Test
    @Timeout(10)
    void aPeerThatTakesNothingEndsTheWrite() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, LOOPBACK);
                Socket socket = new WatchedSockets("200").createSocket()) {
            socket.connect(new InetSocketAddress(LOOPBACK, silent.getLocalPort()));
            OutputStream out = socket.getOutputStream();
            byte[] much = new byte[1 << 20];

            assertThatThrownBy(() -> {
                        for (int i = 0; i < 1_000; i++) {
                            out.write(much);
                        }
                    })
                    .isInstanceOf(SocketException.class);
            assertThat(socket.isClosed()).isTrue();
        }
    }

    @Test
    void aWriteThatArrivesIsNotCut() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK);
                Socket socket = new WatchedSockets("60000").createSocket()) {
            socket.connect(new InetSocketAddress(LOOPBACK, server.getLocalPort()));
            try (Socket peer = server.accept()) {
                socket.getOutputStream().write(new byte[] {1, 2, 3}, 1, 2);
                socket.getOutputStream().write(4);
                socket.getOutputStream().flush();

                assertThat(peer.getInputStream().readNBytes(3)).containsExactly(2, 3, 4);
            }
            socket.close();
            assertThatThrownBy(() -> socket.getOutputStream().write(5)).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void aVanishedServerIsFoundWithinHalfAMinute() throws Exception {
        try (Socket socket = new WatchedSockets("60000").createSocket()) {
            if (socket.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
                assertThat(socket.getOption(ExtendedSocketOptions.TCP_KEEPIDLE)).isEqualTo(15);
                assertThat(socket.getOption(ExtendedSocketOptions.TCP_KEEPINTERVAL))
                        .isEqualTo(5);
                assertThat(socket.getOption(ExtendedSocketOptions.TCP_KEEPCOUNT))
                        .isEqualTo(3);
            }
        }
    }
}
