package dev.weir.docs;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes the parts of a Markdown page. */
final class Markdown {
    private Markdown() {}

    /** Returns a table with that head; a cell may hold Markdown, and a bar in it is escaped. */
    static String table(List<String> head, List<List<String>> rows) {
        String rule = head.stream().map(cell -> " --- ").collect(Collectors.joining("|", "|", "|\n"));
        return row(head) + rule + rows.stream().map(Markdown::row).collect(Collectors.joining());
    }

    private static String row(List<String> cells) {
        return cells.stream()
                .map(cell -> cell.replace("|", "\\|"))
                .collect(Collectors.joining(" | ", "| ", " |\n"))
                .replace("|  |", "| |");
    }

    /** Returns the anchor that GitHub makes of a heading. */
    static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    static String code(String text) {
        return "`" + text + "`";
    }

    /** Returns the texts that are not empty as sentences after each other. */
    static String sentences(String... texts) {
        return List.of(texts).stream()
                .filter(text -> !text.isBlank())
                .map(text -> text.strip().endsWith(".") ? text.strip() : text.strip() + ".")
                .collect(Collectors.joining(" "));
    }
}
