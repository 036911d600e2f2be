package dev.weir.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of the loopback for servers that are stopped and started again on the same one. They lie below the range from which the system
 * takes the ports of connections: otherwise one of those may hold it while the server is down.
 */
public final class Ports {
    private static final int FIRST = 10_000;
    private static final int END = 32_768;

    private Ports() {}

    /** A port that nobody listens on now. */
    public static int free() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                continue;
            }
        }
    }
}
