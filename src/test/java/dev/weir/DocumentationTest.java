package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.model.Counter;
import dev.weir.core.model.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages for people: what they link to is there, and what has to be complete is. */
class DocumentationTest {
    /** Target, anchor and title. */
    private static final Pattern LINK =
            Pattern.compile("\\]\\(([^)\\s#]*)(?:#([^)\\s]*))?(?:\\s+\"([^\"]*)\")?\\)");

    @Test
    void everyLinkWithinTheRepositoryLeadsSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            Matcher link = LINK.matcher(withoutCode(Files.readString(page)));
            while (link.find()) {
                if (!link.group(1).contains("://") && !leadsSomewhere(page, link.group(1), link.group(2))) {
                    broken.add(page + ": " + link.group());
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    /** A link to a test may name the method in its title; whoever renames the method finds the page. */
    @Test
    void everyTestThatALinkNamesIsThere() throws IOException {
        List<String> missing = new ArrayList<>();
        for (Path page : pages()) {
            Matcher link = LINK.matcher(withoutCode(Files.readString(page)));
            while (link.find()) {
                if (link.group(1).endsWith(".java") && link.group(3) != null && !namesATest(page, link)) {
                    missing.add(page + ": " + link.group());
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void everyRejectReasonIsExplained() throws IOException {
        String page = Files.readString(Path.of("docs/reject-reasons.md"));
        assertThat(Reason.values()).allSatisfy(reason -> assertThat(page).contains("| `" + reason + "` |"));
    }

    @Test
    void everyCounterOfTheBooksIsExplained() throws IOException {
        String page = Files.readString(Path.of("docs/postgres.md"));
        assertThat(Counter.values())
                .extracting(Counter::label)
                .filteredOn(label -> !label.startsWith("rejected."))
                .allSatisfy(label -> assertThat(page).contains("`" + label + "`"));
    }

    @Test
    void theGlossaryIsInOrderAndSaysOfEachWordWhereItLives() throws IOException {
        List<String> entries = List.of(
                Files.readString(Path.of("docs/glossary.md")).replaceFirst("(?s).*?(?=### )", "").split("(?m)^(?=### )"));
        assertThat(entries).allSatisfy(entry -> assertThat(entry).containsPattern(LINK));
        assertThat(entries)
                .extracting(entry -> entry.lines().findFirst().orElseThrow())
                .extracting(heading -> heading.replaceAll("[# ]", "").toLowerCase(Locale.ROOT))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(Path.of("docs"));
                Stream<Path> root = Files.list(Path.of(""))) {
            return Stream.concat(root, docs)
                    .filter(path -> path.toString().endsWith(".md"))
                    .toList();
        }
    }

    private static boolean namesATest(Path page, Matcher link) throws IOException {
        return Files.readString(resolved(page, link.group(1))).contains(" void " + link.group(3) + "(");
    }

    private static Path resolved(Path page, String target) {
        Path parent = page.getParent() == null ? Path.of("") : page.getParent();
        return target.isEmpty() ? page : parent.resolve(target);
    }

    private static boolean leadsSomewhere(Path page, String target, String anchor) {
        Path file = resolved(page, target);
        return Files.exists(file) && (anchor == null || anchors(file).contains(anchor));
    }

    /** As GitHub makes them of headings. */
    private static List<String> anchors(Path page) {
        try {
            return Files.readString(page)
                    .lines()
                    .filter(line -> line.startsWith("#"))
                    .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
                    .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String withoutCode(String markdown) {
        return markdown.replaceAll("(?s)```.*?```", "").replaceAll("`[^`\\n]*`", "");
    }
}
