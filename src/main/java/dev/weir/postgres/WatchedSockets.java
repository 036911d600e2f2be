package dev.weir.postgres;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketOption;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import jdk.net.ExtendedSocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the driver's sockets. Their keepalives detect a vanished server within half a minute, and a write on them has
 * a time limit.
 *
 * <p>A socket's own timeout covers only reading. While a COPY sends its rows, a peer that accepts none of them any more
 * would block the writing thread for ever. Keepalives do not detect it, because a machine whose process is stopped
 * still answers them, and a vanished network goes unnoticed for a quarter of an hour. So a write that takes longer than
 * the limit closes the socket, and the writing thread gets an exception.
 *
 * <p>The driver creates it by name, so the class and the constructor are public.
 */
public final class WatchedSockets extends SocketFactory {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedSockets.class);

    private final long limitMillis;

    /**
     * Creates the factory.
     *
     * @param limitMillis the driver's {@code socketFactoryArg}: milliseconds that a write may take
     */
    public WatchedSockets(String limitMillis) {
        this.limitMillis = Long.parseLong(limitMillis);
    }

    @Override
    public Socket createSocket() throws IOException {
        Socket socket = new Watched(limitMillis);
        // Not every system has these options. Without them the system's own times apply, since the driver's
        // tcpKeepAlive switches keepalives on.
        set(socket, ExtendedSocketOptions.TCP_KEEPIDLE, Session.KEEPALIVE_IDLE_SECONDS);
        set(socket, ExtendedSocketOptions.TCP_KEEPINTERVAL, Session.KEEPALIVE_INTERVAL_SECONDS);
        set(socket, ExtendedSocketOptions.TCP_KEEPCOUNT, Session.KEEPALIVE_COUNT);
        return socket;
    }

    private static void set(Socket socket, SocketOption<Integer> option, int value) throws IOException {
        if (socket.supportedOptions().contains(option)) {
            socket.setOption(option, value);
        }
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw unconnectedOnly();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw unconnectedOnly();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw unconnectedOnly();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        throw unconnectedOnly();
    }

    private static UnsupportedOperationException unconnectedOnly() {
        return new UnsupportedOperationException("the driver connects its sockets itself");
    }

    private static final class Watched extends Socket {
        private final long limitMillis;
        /** Closes the socket after the limit. Its thread exists only during a write and for a second after it. */
        private final ScheduledThreadPoolExecutor watch;

        Watched(long limitMillis) {
            this.limitMillis = limitMillis;
            watch = new ScheduledThreadPoolExecutor(1, work -> {
                Thread thread = new Thread(work, "weir-postgres-write-limit");
                thread.setDaemon(true);
                return thread;
            });
            watch.setRemoveOnCancelPolicy(true);
            watch.setKeepAliveTime(1, TimeUnit.SECONDS);
            watch.allowCoreThreadTimeOut(true);
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return new FilterOutputStream(super.getOutputStream()) {
                @Override
                public void write(int b) throws IOException {
                    write(new byte[] {(byte) b}, 0, 1);
                }

                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    Future<?> limit = limit();
                    try {
                        out.write(bytes, offset, length);
                    } finally {
                        limit.cancel(false);
                    }
                }
            };
        }

        private Future<?> limit() throws IOException {
            try {
                return watch.schedule(this::tooLate, limitMillis, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                throw new SocketException("Socket closed");
            }
        }

        private void tooLate() {
            LOG.warn(
                    "weir.postgres.url: {} has accepted no data for {} ms; the connection is closed",
                    getRemoteSocketAddress(),
                    limitMillis);
            try {
                close();
            } catch (IOException e) {
                LOG.debug("closing a socket", e);
            }
        }

        @Override
        public void close() throws IOException {
            watch.shutdownNow();
            super.close();
        }
    }
}
