package dev.weir.local;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Iterator;
import org.apache.flink.util.NetUtils;

/** Finds a port for the REST interface before Flink does, so that it is known where that is. */
public final class FreePort {
    private FreePort() {}

    /** The first port of a range in Flink's notation on which one may listen now; the range itself if there is none, for Flink to say so. */
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
