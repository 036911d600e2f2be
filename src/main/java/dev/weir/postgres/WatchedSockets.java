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
 * Makes the driver's sockets: with keepalives that find a vanished server within half a minute, and with a limit for writing.
 *
 * <p>A socket's own timeout is about reading only. While a COPY sends its rows, a peer that takes none of them any more would block the
 * writing thread for ever: keepalives are answered by a machine whose process stands still, and a network that has vanished takes a quarter
 * of an hour to be noticed. So a write that takes longer than the limit closes the socket, and the writing thread gets an exception.
 *
 * <p>The driver makes one by its name, which is why class and constructor are public.
 */
public final class WatchedSockets extends SocketFactory {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedSockets.class);

    private final long limitMillis;

    /** @param limitMillis the driver's {@code socketFactoryArg}: milliseconds that a write may take */
    public WatchedSockets(String limitMillis) {
        this.limitMillis = Long.parseLong(limitMillis);
    }

    @Override
    public Socket createSocket() throws IOException {
        Socket socket = new Watched(limitMillis);
        // Not every system has them; without them the system's own times hold, which the driver's tcpKeepAlive switches
        // on.
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
        /** Its thread is there only while something is written, and a moment longer. */
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
                    "weir.postgres.url: {} has taken nothing of what was sent for {} ms; the connection is closed",
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
