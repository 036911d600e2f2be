package dev.weir.demo;

import dev.weir.books.ReportText;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Where the demo writes: aligned columns, thousands separated, colour only for a person at a terminal. */
final class Terminal {
    private final PrintStream out;
    private final boolean colour;

    Terminal(PrintStream out, boolean colour) {
        this.out = out;
        this.colour = colour;
    }

    static Terminal ofProcess() {
        boolean colour = System.console() != null && System.getenv("NO_COLOR") == null;
        return new Terminal(System.out, colour);
    }

    void line(String format, Object... arguments) {
        out.println(arguments.length == 0 ? format : String.format(Locale.ROOT, format, arguments));
        out.flush();
    }

    /** An empty line and a title. */
    void title(String text) {
        line("");
        line(bold(text));
    }

    String bold(String text) {
        return colour ? "\u001b[1m" + text + "\u001b[0m" : text;
    }

    String green(String text) {
        return colour ? "\u001b[32m" + text + "\u001b[0m" : text;
    }

    String red(String text) {
        return colour ? "\u001b[31m" + text + "\u001b[0m" : text;
    }

    static String number(long n) {
        return ReportText.number(n);
    }

    static String bytes(long n) {
        return n < 1_000_000
                ? String.format(Locale.ROOT, "%,.1f kB", n / 1e3)
                : String.format(Locale.ROOT, "%,.1f MB", n / 1e6);
    }

    /** The rows with columns of equal width: those of {@code right} (indices) to the right, the others to the left. */
    void table(List<String[]> rows, List<Integer> right) {
        ReportText.lines(rows, right).forEach(line -> line("%s", line));
    }
}
