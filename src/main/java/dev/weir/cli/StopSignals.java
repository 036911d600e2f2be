package dev.weir.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import sun.misc.Signal;

/**
 * SIGTERM and Ctrl-C stop the job properly; the second of them ends the process at once. Not a shutdown hook: Flink's own would take its files away
 * at the same time.
 */
final class StopSignals {
    private StopSignals() {}

    static void call(Runnable stop, PrintStream out) {
        AtomicBoolean asked = new AtomicBoolean();
        for (String name : List.of("TERM", "INT")) {
            Signal.handle(new Signal(name), signal -> {
                if (asked.getAndSet(true)) {
                    Runtime.getRuntime().halt(128 + signal.getNumber());
                }
                out.println("SIG" + name + ": stops with a savepoint; once more ends the process at once");
                stop.run();
            });
        }
    }
}
