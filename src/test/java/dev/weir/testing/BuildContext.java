package dev.weir.testing;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.stream.Stream;

/** What {@code docker build} gets to see of a directory: all but what its {@code .dockerignore} takes away. */
final class BuildContext {
    private final Path directory;
    private final List<String> rules;

    BuildContext(Path directory) throws IOException {
        this.directory = directory;
        this.rules = Files.readAllLines(directory.resolve(".dockerignore")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }

    /** Files and directories of the context that match a source of COPY; of those below {@code root}. */
    List<Path> matches(String pattern) throws IOException {
        return matches(directory, pattern).filter(this::isSeen).toList();
    }

    /** The same without rules: in another image. */
    static Stream<Path> matches(Path root, String pattern) throws IOException {
        Path relative = Path.of(pattern.replaceFirst("^/", "").replaceFirst("/$", ""));
        Path parent = relative.getParent() == null ? root : root.resolve(relative.getParent());
        PathMatcher name = glob(relative.getFileName().toString());
        try (Stream<Path> files = Files.list(parent)) {
            return files.filter(file -> name.matches(file.getFileName())).sorted().toList().stream();
        }
    }

    /** The last rule that fits the path, or a directory above it, counts. */
    boolean isSeen(Path file) {
        Path path = directory.relativize(file);
        boolean seen = true;
        for (String rule : rules) {
            boolean back = rule.startsWith("!");
            PathMatcher matcher = glob(back ? rule.substring(1) : rule);
            for (Path part = path; part != null; part = part.getParent()) {
                if (matcher.matches(part)) {
                    seen = back;
                }
            }
        }
        return seen;
    }

    private static PathMatcher glob(String pattern) {
        return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    }
}
