package dev.weir.cli;

import dev.weir.announce.Progress;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Shows progress to a person: as a bar that is drawn again and again on a terminal, otherwise as a line now and then. */
final class ConsoleProgress implements Progress {
    private static final int WIDTH = 30;
    private static final long DRAWN_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LINE_EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final PrintWriter out;
    private final boolean terminal;
    private final LongSupplier nanoClock;
    private long shownAt;
    private long beganAt;
    private int drawn;

    /** @param terminal whether a carriage return goes back to the line's beginning */
    ConsoleProgress(PrintWriter out, boolean terminal, LongSupplier nanoClock) {
        this.out = out;
        this.terminal = terminal;
        this.nanoClock = nanoClock;
        shownAt = nanoClock.getAsLong();
    }

    @Override
    public void listed(long files) {
        if (isDue()) {
            show(String.format(Locale.ROOT, "listed %,d files", files));
        }
    }

    @Override
    public void announced(long announced, long total) {
        long now = nanoClock.getAsLong();
        if (announced == 0) {
            beganAt = now;
        }
        if (announced == total || isDue()) {
            double seconds = Math.max(1, now - beganAt) / 1e9;
            String text =
                    String.format(Locale.ROOT, "%,d of %,d files, %,.0f/s", announced, total, announced / seconds);
            show(terminal ? bar(announced, total) + ' ' + text : "announced " + text);
        }
        if (announced == total) {
            end();
        }
    }

    private static String bar(long done, long total) {
        int full = total == 0 ? WIDTH : (int) (WIDTH * done / total);
        return '[' + "#".repeat(full) + ".".repeat(WIDTH - full) + ']';
    }

    private boolean isDue() {
        return nanoClock.getAsLong() - shownAt >= (terminal ? DRAWN_EVERY_NANOS : LINE_EVERY_NANOS);
    }

    private void show(String text) {
        shownAt = nanoClock.getAsLong();
        if (terminal) {
            // Blanks cover the rest of a longer text before.
            out.print('\r' + text + " ".repeat(Math.max(0, drawn - text.length())));
            drawn = text.length();
        } else {
            out.println(text);
        }
        out.flush();
    }

    /** Leaves the line that the bar is on. */
    void end() {
        if (drawn > 0) {
            out.println();
            out.flush();
            drawn = 0;
        }
    }
}
