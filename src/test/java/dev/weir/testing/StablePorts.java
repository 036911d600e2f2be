package dev.weir.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of the loopback for servers that go away and come back. They are outside the range from which systems take the ports of clients
 * (from 32768 on Linux, 49152 elsewhere): while the server is away nobody gets them by chance.
 */
public final class StablePorts {
    private static final int LOWEST = 20_000;
    private static final int END = 32_000;

    /** So many different ports that are free now. */
    public static int[] free(int count) {
        List<ServerSocket> taken = new ArrayList<>();
        try {
            while (taken.size() < count) {
                ServerSocket socket = open(ThreadLocalRandom.current().nextInt(LOWEST, END));
                if (socket != null) {
                    taken.add(socket);
                }
            }
            return taken.stream().mapToInt(ServerSocket::getLocalPort).toArray();
        } finally {
            taken.forEach(StablePorts::close);
        }
    }

    /** Null if somebody has it. */
    private static ServerSocket open(int port) {
        try {
            return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            return null;
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private StablePorts() {}
}
