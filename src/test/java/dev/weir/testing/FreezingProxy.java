package dev.weir.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * A TCP proxy before a server on the loopback. It can freeze: it forwards nothing more and closes nothing, so that both sides hold a
 * half-open connection, as after a machine or a firewall in between has vanished. What was frozen stays so until {@link #close}; {@link
 * #replace} lets new connections pass.
 */
public final class FreezingProxy implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 14;

    private final ServerSocket listener;
    private final int target;
    private final List<Socket> sockets = new ArrayList<>();
    private volatile Gate gate = new Gate();

    private FreezingProxy(ServerSocket listener, int target) {
        this.listener = listener;
        this.target = target;
    }

    /** @param port the server's, on the loopback; it need not be up */
    public static FreezingProxy before(int port) {
        try {
            ServerSocket listener = new ServerSocket(StablePorts.free(1)[0], 128, InetAddress.getByName("127.0.0.1"));
            FreezingProxy proxy = new FreezingProxy(listener, port);
            start("accept", proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** The URL of the server, through the proxy. */
    public String through(String url) {
        return url.replace(":" + target + "/", ":" + port() + "/");
    }

    /** Nothing that is connected now, or connects before {@link #replace}, is forwarded any more. */
    public void freeze() {
        gate.freeze();
    }

    /** {@link #freeze} happens by itself once so many more bytes have gone to the server. */
    public void freezeAfter(long bytesToServer) {
        gate.freezeAfter(bytesToServer);
    }

    public boolean isFrozen() {
        return gate.isFrozen();
    }

    /** New connections are forwarded; those that were frozen stay so. */
    public void replace() {
        gate = new Gate();
    }

    @Override
    public void close() {
        try {
            listener.close();
            synchronized (sockets) {
                for (Socket socket : sockets) {
                    socket.close();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (true) {
            try {
                Socket client = keep(listener.accept());
                Gate its = gate;
                if (!its.isFrozen()) {
                    connect(client, its);
                }
            } catch (IOException e) {
                if (listener.isClosed()) {
                    return;
                }
            }
        }
    }

    private void connect(Socket client, Gate its) throws IOException {
        try {
            Socket server = keep(new Socket(InetAddress.getByName("127.0.0.1"), target));
            server.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            start("to server", () -> forward(client, server, its, true));
            start("to client", () -> forward(server, client, its, false));
        } catch (IOException e) {
            client.close();
        }
    }

    private static void forward(Socket from, Socket to, Gate gate, boolean toServer) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                int passes = gate.pass(length, toServer);
                out.write(buffer, 0, passes);
                if (passes < length) {
                    return;
                }
            }
        } catch (IOException e) {
            // One of the two is gone, which the other hears of below.
        }
        if (!gate.isFrozen()) {
            closeBoth(from, to);
        }
    }

    private static void closeBoth(Socket from, Socket to) {
        try (from;
                to) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Socket keep(Socket socket) {
        synchronized (sockets) {
            sockets.removeIf(Socket::isClosed);
            sockets.add(socket);
        }
        return socket;
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, "proxy, " + name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Lets bytes pass until it is frozen, for ever. */
    private static final class Gate {
        private boolean frozen;
        private long budget = Long.MAX_VALUE;

        synchronized boolean isFrozen() {
            return frozen;
        }

        synchronized void freeze() {
            frozen = true;
        }

        synchronized void freezeAfter(long bytes) {
            budget = bytes;
        }

        /** How many of the bytes may pass. */
        synchronized int pass(int bytes, boolean toServer) {
            if (frozen) {
                return 0;
            }
            if (!toServer) {
                return bytes;
            }
            if (bytes <= budget) {
                budget -= bytes;
                return bytes;
            }
            frozen = true;
            return Math.toIntExact(budget);
        }
    }
}
