package dev.weir.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/extending.md names files by hand, so that a class that moves is missed there. */
class ExtendingPageTest {
    private static final Path PAGE = Path.of("docs/extending.md");
    /** Such as {@code core/model/Reason}; a place holder like {@code <Name>Output} is none. */
    private static final Pattern FILE = Pattern.compile("`((?:[a-z]+/)+[A-Z]\\w*)`");

    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w*(?:Test|IT))`");

    @Test
    void everyFileThatItNamesIsThere() throws IOException {
        List<String> named = named(FILE);
        assertThat(named).hasSizeGreaterThan(20).allSatisfy(file -> assertThat(
                        Stream.of("main", "test").map(root -> Path.of("src", root, "java/dev/weir", file + ".java")))
                .as(file)
                .anyMatch(Files::exists));
    }

    @Test
    void everyTestThatItNamesIsThere() throws IOException {
        Set<String> tests;
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            tests = files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toSet());
        }
        assertThat(named(TEST)).hasSizeGreaterThan(10).isSubsetOf(tests);
    }

    private static List<String> named(Pattern pattern) throws IOException {
        return pattern.matcher(Files.readString(PAGE))
                .results()
                .map((MatchResult found) -> found.group(1))
                .distinct()
                .toList();
    }
}
