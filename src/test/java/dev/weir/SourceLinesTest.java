package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks the form of the sources where the formatter does not: it breaks neither texts nor comments. */
class SourceLinesTest {
    private static final int MAX_CHARACTERS = 140;
    private static final int MAX_LINES = 300;
    private static final String TEXT_BLOCK = "\"\"\"";

    @Test
    void noLineOfCodeIsLongerThan140Characters() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path file : sources()) {
            tooLong.addAll(tooLong(file.toString(), Files.readAllLines(file)));
        }
        assertThat(tooLong).isEmpty();
    }

    /** A class that needs more does more than one thing. */
    @Test
    void noFileHasMoreThan300Lines() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path file : sources()) {
            int lines = Files.readAllLines(file).size();
            if (lines > MAX_LINES) {
                tooLong.add(file + ": " + lines);
            }
        }
        assertThat(tooLong).isEmpty();
    }

    @Test
    void countsCharactersAndLeavesTheLinesOfTextBlocksOut() {
        String fits = "é".repeat(MAX_CHARACTERS);
        String isTooLong = fits + "x";

        assertThat(tooLong("F", List.of(fits, isTooLong, TEXT_BLOCK, isTooLong, TEXT_BLOCK + ";", isTooLong)))
                .containsExactly("F:2", "F:6");
    }

    /** The lines of text blocks are data: tables of cases, SQL and files, which a break would change. */
    private static List<String> tooLong(String file, List<String> lines) {
        List<String> tooLong = new ArrayList<>();
        boolean withinTextBlock = false;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!withinTextBlock && line.length() > MAX_CHARACTERS) {
                tooLong.add(file + ":" + (i + 1));
            }
            boolean beginsOrEnds = line.split(TEXT_BLOCK, -1).length % 2 == 0;
            withinTextBlock ^= beginsOrEnds;
        }
        return tooLong;
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}
