package dev.weir.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import sun.misc.Signal;

/**
 * Stops the job with a savepoint on SIGTERM and Ctrl-C. The second signal ends the process at once. It is no shutdown
 * hook, because Flink's own hook would delete Flink's files at the same time.
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
                out.println(
                        "SIG" + name + ": the job stops with a savepoint; a second signal ends the process at once");
                stop.run();
            });
        }
    }
}
