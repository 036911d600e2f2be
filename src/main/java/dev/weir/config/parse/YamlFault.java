package dev.weir.config.parse;

import java.util.List;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * A syntax error in YAML, at the line where a user would correct it. The parser names the line at which it stopped, which may be far below,
 * because an unclosed list or quote swallows the following lines.
 *
 * @param line from 1
 */
record YamlFault(int line, String message, String cure) {

    static YamlFault of(MarkedYAMLException e, String text) {
        List<String> lines = text.lines().toList();
        int stopped = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
        Mark context = e.getContextMark();
        int began = context == null ? stopped : context.getLine() + 1;
        for (int line = context == null ? 1 : began; line <= Math.min(stopped, lines.size()); line++) {
            if (opensAQuote(lines.get(line - 1), '"')) {
                return new YamlFault(line, "a quote (\") is not closed on this line", "close it");
            }
        }
        String what = String.valueOf(e.getContext());
        if (what.contains("flow sequence")) {
            return new YamlFault(
                    began,
                    "the list that begins with [ here is not closed",
                    "close it with ], items separated by commas");
        }
        if (what.contains("flow mapping")) {
            return new YamlFault(
                    began,
                    "the map that begins with { here is not closed",
                    "close it with }, entries separated by commas");
        }
        if (what.contains("quoted scalar")) {
            return new YamlFault(
                    began, "the quoted text that begins here is not closed", "close it with the same quote");
        }
        return new YamlFault(stopped, e.getProblem(), "correct the syntax there or just above");
    }

    /** Returns whether the number of such quotes is odd, not counting escaped ones and those in a comment. */
    private static boolean opensAQuote(String line, char quote) {
        boolean open = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (open && c == '\\') {
                i++;
            } else if (c == quote) {
                open = !open;
            } else if (!open && c == '#' && (i == 0 || Character.isWhitespace(line.charAt(i - 1)))) {
                break;
            }
        }
        return open;
    }
}
