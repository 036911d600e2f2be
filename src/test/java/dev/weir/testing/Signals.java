package dev.weir.testing;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Signals to processes that a test has started, beyond the two that Java knows. */
public final class Signals {

    /** It stands still, sockets open, until {@link #resume}; what it was asked meanwhile it answers then. */
    public static void pause(long pid) {
        send("STOP", pid);
    }

    public static void resume(long pid) {
        send("CONT", pid);
    }

    private static void send(String signal, long pid) {
        try {
            int exitCode = new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                    .redirectErrorStream(true)
                    .start()
                    .waitFor();
            if (exitCode != 0) {
                throw new IllegalStateException("kill -" + signal + " " + pid + " ended with " + exitCode);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Signals() {}
}
