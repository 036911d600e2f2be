package dev.weir.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Our Dockerfile, line by line: no more of the language than it uses. */
public final class Dockerfile {
    private static final Pattern JSON_STRING = Pattern.compile("\"([^\"]*)\"");

    private final List<Instruction> instructions;

    /** @param name in capitals; @param words what follows, split at spaces */
    record Instruction(String name, List<String> words) {
        /** {@code --from=…} and the like; null without it. */
        String flag(String flag) {
            String prefix = "--" + flag + "=";
            return words.stream()
                    .filter(word -> word.startsWith(prefix))
                    .map(word -> word.substring(prefix.length()))
                    .findFirst()
                    .orElse(null);
        }

        /** Without the flags. */
        List<String> arguments() {
            return words.stream().filter(word -> !word.startsWith("--")).toList();
        }
    }

    private Dockerfile(List<Instruction> instructions) {
        this.instructions = instructions;
    }

    public static Dockerfile read(Path file) {
        List<Instruction> instructions = new ArrayList<>();
        try (Stream<String> lines = Files.lines(file)) {
            lines.filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(line -> {
                String[] words = line.strip().split("\\s+", -1);
                instructions.add(new Instruction(
                        words[0].toUpperCase(Locale.ROOT), List.of(Arrays.copyOfRange(words, 1, words.length))));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Dockerfile(instructions);
    }

    List<Instruction> instructions() {
        return instructions;
    }

    /** The images that are not stages of this file. */
    public List<String> baseImages() {
        List<String> stages = new ArrayList<>();
        List<String> images = new ArrayList<>();
        for (Instruction from : named("FROM")) {
            if (!stages.contains(from.words().get(0))) {
                images.add(from.words().get(0));
            }
            stages.add(from.words().get(from.words().size() - 1));
        }
        return images;
    }

    /** Who runs the container. */
    public String user() {
        List<Instruction> users = named("USER");
        return users.get(users.size() - 1).words().get(0);
    }

    /** What the container runs unless told otherwise. */
    public List<String> command() {
        Matcher words = JSON_STRING.matcher(String.join(" ", named("CMD").get(0).words()));
        return words.results().map(word -> word.group(1)).toList();
    }

    private List<Instruction> named(String name) {
        return instructions.stream()
                .filter(instruction -> instruction.name().equals(name))
                .toList();
    }
}
