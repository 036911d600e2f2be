package dev.weir.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of our image, made without Docker: what the official Flink image has where we rely on it, from the jars of this build, and
 * on it whatever the Dockerfile copies. So the two cannot differ.
 */
public final class ImageTree {
    private static final Path PROJECT = Path.of("").toAbsolutePath();
    private static final Path PROCESSES = Path.of("target/processes").toAbsolutePath();
    private static final String FLINK = "opt/flink/";

    /** The broker, its tools and what both link to. */
    private static final Pattern KAFKA = Pattern.compile(
            "(kafka|scala|jackson|slf4j-api|log4j|argparse4j|jopt-simple|metrics-core|zstd-jni|lz4-java|snappy-java|caffeine"
                    + "|pcollections|jose4j|re2j|hdrhistogram|HdrHistogram|jetty|commons|error_prone|jspecify|checker).*\\.jar");

    private final Path root;
    private final Path base;
    private final Dockerfile dockerfile;

    private ImageTree(Path directory, Dockerfile dockerfile) {
        this.root = directory.resolve("image");
        this.base = directory.resolve("base");
        this.dockerfile = dockerfile;
    }

    /** The image's root is below the directory. */
    public static ImageTree build(Path directory) {
        ImageTree tree = new ImageTree(directory, Dockerfile.read(PROJECT.resolve("Dockerfile")));
        try {
            officialImage(tree.base);
            officialImage(tree.root);
            for (Dockerfile.Instruction instruction : tree.dockerfile.instructions()) {
                tree.follow(instruction);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return tree;
    }

    /** {@code base/opt/flink} in the directory is what our image is built on. */
    public static void base(Path directory) throws IOException {
        officialImage(directory.resolve("base"));
    }

    /** The jars of Kafka's own image, in a directory below this one. */
    public static Path kafka(Path directory) throws IOException {
        Path libs = Files.createDirectories(directory.resolve("kafka"));
        for (Path jar : FlinkHome.jars(KAFKA)) {
            link(libs.resolve(jar.getFileName()), jar);
        }
        for (Path jar : BuildContext.matches(PROCESSES, "kafka-tools-*.jar").toList()) {
            link(libs.resolve(jar.getFileName()), jar);
        }
        return libs;
    }

    public Dockerfile dockerfile() {
        return dockerfile;
    }

    /** {@code /opt/flink}. */
    public Path flinkHome() {
        return root.resolve(FLINK);
    }

    /** A path of the image, here. */
    public Path resolve(String absolute) {
        return root.resolve(absolute.substring(1));
    }

    /** The folders of Flink's distribution: the Prometheus reporter is a plugin there, the file systems wait in {@code opt/}. */
    private static void officialImage(Path root) throws IOException {
        Path home = Files.createDirectories(root.resolve(FLINK));
        Path lib = Files.createDirectories(home.resolve("lib"));
        Path metrics = Files.createDirectories(home.resolve("plugins/metrics-prometheus"));
        for (Path jar : FlinkHome.jarsOfTheDistribution()) {
            String name = jar.getFileName().toString();
            link((name.startsWith("flink-metrics-prometheus") ? metrics : lib).resolve(name), jar);
        }
        Path opt = Files.createDirectories(home.resolve("opt"));
        for (Path jar :
                BuildContext.matches(PROCESSES, "flink-s3-fs-hadoop-*.jar").toList()) {
            link(opt.resolve(jar.getFileName()), jar);
        }
    }

    /** A second name for the same bytes, where the file system has that. */
    private static void link(Path name, Path jar) throws IOException {
        try {
            Files.createLink(name, jar);
        } catch (IOException | UnsupportedOperationException e) {
            Files.copy(jar, name);
        }
    }

    private void follow(Dockerfile.Instruction instruction) throws IOException {
        switch (instruction.name()) {
            case "FROM", "USER", "CMD" -> {}
            case "COPY" -> copy(instruction);
            case "RUN" -> makeDirectories(instruction);
            default -> throw unknown(instruction);
        }
    }

    private static IllegalStateException unknown(Dockerfile.Instruction instruction) {
        return new IllegalStateException(
                "Dockerfile: " + instruction.name() + " " + String.join(" ", instruction.words())
                        + ": the tests' ImageTree cannot follow it; copy files with COPY, or teach it");
    }

    /** Only {@code install -d -o USER -g GROUP DIRECTORY...}. */
    private void makeDirectories(Dockerfile.Instruction run) throws IOException {
        List<String> words = run.words();
        if (!String.join(" ", words).startsWith("install -d -o flink -g flink /")) {
            throw unknown(run);
        }
        for (String directory : words.subList(6, words.size())) {
            Files.createDirectories(resolve(directory));
        }
    }

    private void copy(Dockerfile.Instruction copy) throws IOException {
        if (copy.arguments().size() != 2 || !"flink:flink".equals(copy.flag("chown"))) {
            throw unknown(copy);
        }
        String pattern = copy.arguments().get(0);
        String target = copy.arguments().get(1);
        BuildContext context = new BuildContext(PROJECT);
        boolean fromContext = copy.flag("from") == null;
        List<Path> sources = fromContext
                ? context.matches(pattern)
                : BuildContext.matches(base, pattern).toList();
        if (sources.isEmpty() || sources.size() > 1 && !target.endsWith("/")) {
            throw new IllegalStateException("Dockerfile: COPY " + pattern + " " + target + " finds " + sources
                    + (sources.isEmpty() ? "; is it built, and let in by .dockerignore?" : "; ./mvnw clean"));
        }
        for (Path source : sources) {
            if (Files.isDirectory(source)) {
                copyContents(source, resolve(target), context);
            } else {
                copyFile(
                        source, target.endsWith("/") ? resolve(target).resolve(source.getFileName()) : resolve(target));
            }
        }
    }

    private static void copyContents(Path source, Path target, BuildContext context) throws IOException {
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (context.isSeen(file)) {
                    copyFile(file, target.resolve(source.relativize(file).toString()));
                }
            }
        }
    }

    private static void copyFile(Path source, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
    }
}
