package dev.weir.local;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Iterator;
import org.apache.flink.util.NetUtils;

/** Finds a port for the REST interface before Flink does, so that its address is known before the start. */
public final class FreePort {
    private FreePort() {}

    /**
     * Returns the first port of the range on which this process can listen now. Returns the range itself if there is
     * none, so that Flink reports it.
     *
     * @param range a port or a range in Flink's notation
     */
    public static String in(String range, String address) {
        Iterator<Integer> ports = NetUtils.getPortRangeFromString(range);
        while (ports.hasNext()) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(address, ports.next()));
                return String.valueOf(socket.getLocalPort());
            } catch (IOException taken) {
                continue;
            }
        }
        return range;
    }
}
