package dev.weir.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.model.Counter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages for people: what they link to is there, and what has to be complete is. */
class DocumentationTest {
    /** Target, anchor and title. */
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s#]*)(?:#([^)\\s]*))?(?:\\s+\"([^\"]*)\")?\\)");

    /** A page of the documentation, or else (with brackets, so that this is no mention) a document that is kept elsewhere. */
    private static final Pattern DOCUMENT =
            Pattern.compile("\\b(docs/[\\w/-]+\\.md)|\\bD[E]SIGN\\b|\\b(?:N[E]XT|S[T]YLE|D[E]PLOY)\\.md|shared/[A-Z]");

    private static final Pattern TEXT = Pattern.compile(
            ".*\\.(java|md|sql|xml|ya?ml|properties|sh|py|json|conf|service|timer|tpl)|.*/?[A-Za-z]*[fF]ile");

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

    /** Whoever has the repository has everything that it refers to. */
    @Test
    void nothingRefersToADocumentThatIsNotHere() throws IOException {
        List<String> foreign = new ArrayList<>();
        for (Path file : texts()) {
            Matcher name = DOCUMENT.matcher(Files.readString(file));
            while (name.find()) {
                if (name.group(1) == null || !Files.exists(Path.of(name.group(1)))) {
                    foreign.add(file + ": " + name.group());
                }
            }
        }
        assertThat(foreign).isEmpty();
    }

    @Test
    void everyCounterOfTheBooksIsExplained() throws IOException {
        String page = Files.readString(Path.of("docs/postgres.md"));
        assertThat(Counter.values())
                .extracting(Counter::label)
                .extracting(label -> label.replaceFirst("^(rejected|flagged)\\..*", "$1.<REASON>"))
                .allSatisfy(label -> assertThat(page).contains("`" + label + "`"));
    }

    @Test
    void theGlossaryIsInOrderAndSaysOfEachWordWhereItLives() throws IOException {
        List<String> entries = List.of(Files.readString(Path.of("docs/glossary.md"))
                .replaceFirst("(?s).*?(?=### )", "")
                .split("(?m)^(?=### )"));
        assertThat(entries).allSatisfy(entry -> assertThat(entry).containsPattern(LINK));
        assertThat(entries)
                .extracting(entry -> entry.lines().findFirst().orElseThrow())
                .extracting(heading -> heading.replaceAll("[# ]", "").toLowerCase(Locale.ROOT))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void theGalleryLeadsToEveryExample() throws IOException {
        String page = Files.readString(Path.of("docs/examples.md"));
        try (Stream<Path> files = Files.walk(Path.of("examples"))) {
            assertThat(files.filter(file -> file.endsWith("catalog.yaml")).map(Path::getParent))
                    .isNotEmpty()
                    .allSatisfy(example -> assertThat(page).contains("(../" + example + "/README.md)"));
        }
    }

    @Test
    void everyPackageUsesWhatTheArchitecturePageSays() throws IOException {
        Map<String, Set<String>> said = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("docs/architecture.md"))) {
            if (line.startsWith("| `")) {
                String[] cells = line.split(" *\\| *", -1);
                said.put(names(cells[1]).first(), names(cells[3]));
            }
        }
        assertThat(uses()).as("docs/architecture.md, the last table").isEqualTo(said);
    }

    /** What the packages directly below {@code dev.weir}, and the main class, import from each other. */
    private static Map<String, Set<String>> uses() throws IOException {
        Path root = Path.of("src/main/java/dev/weir");
        Pattern imported = Pattern.compile("^import (?:static )?dev\\.weir\\.([a-z]+)\\.", Pattern.MULTILINE);
        Map<String, Set<String>> uses = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                Path inside = root.relativize(file);
                String user = inside.getNameCount() == 1
                        ? "dev.weir"
                        : inside.getName(0).toString();
                Set<String> used = uses.computeIfAbsent(user, name -> new TreeSet<>());
                imported.matcher(Files.readString(file))
                        .results()
                        .map(match -> match.group(1))
                        .forEach(used::add);
                used.remove(user);
            }
        }
        return uses;
    }

    private static SortedSet<String> names(String cell) {
        return Pattern.compile("`([a-z.]+)`")
                .matcher(cell)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(Path.of("docs"));
                Stream<Path> examples = Files.walk(Path.of("examples"));
                Stream<Path> root = Files.list(Path.of(""))) {
            return Stream.of(root, docs, examples)
                    .flatMap(paths -> paths)
                    .filter(path -> path.toString().endsWith(".md"))
                    .toList();
        }
    }

    /** What people wrote: sources, pages and configuration. */
    private static List<Path> texts() throws IOException {
        List<String> directories = List.of(
                "src", "docs", "flink-conf", "docker", "examples", "k8s-operator", "monitoring", "release", ".github");
        List<Path> texts = new ArrayList<>();
        for (String directory : directories) {
            try (Stream<Path> files = Files.walk(Path.of(directory))) {
                texts.addAll(files.filter(Files::isRegularFile).toList());
            }
        }
        try (Stream<Path> root = Files.list(Path.of(""))) {
            texts.addAll(root.filter(Files::isRegularFile).toList());
        }
        return texts.stream()
                .filter(file -> TEXT.matcher(file.toString()).matches())
                .toList();
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
