package dev.weir.chaos;

import dev.weir.testing.StablePorts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What makes a JVM take a {@link Breakpoint}: it listens for a debugger on the loopback, and runs at full speed meanwhile. */
final class DebugAgent {
    private static final Pattern AGENT = Pattern.compile("-agentlib:jdwp=[^\\x00]*address=127\\.0\\.0\\.1:(\\d+)");

    /** JVM argument of one process, with a port of its own. */
    static String argument() {
        return "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:" + StablePorts.free(1)[0];
    }

    /** The port on which the process listens for debuggers, if it does. */
    static OptionalInt port(long pid) throws IOException {
        String command = Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"), StandardCharsets.ISO_8859_1);
        Matcher matcher = AGENT.matcher(command);
        return matcher.find() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }

    private DebugAgent() {}
}
