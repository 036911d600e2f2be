package dev.weir.config.catalog;

import dev.weir.core.catalog.FieldSource;
import dev.weir.core.catalog.Input;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads and checks which topics each input takes, in version 2. */
final class TopicsReader {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

    private final Surroundings surroundings;
    /** The path of the input that has named a topic. */
    private final Map<String, String> taken = new HashMap<>();

    private String rest;

    TopicsReader(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Reads the topics of the next input. */
    Input.Topics read(Section input) {
        if (input.has("topics") && input.has("topic-pattern")) {
            input.problem("topic-pattern", "and topics are both set", "keep one of the two, or write two inputs");
        }
        if (input.has("topics")) {
            return new Input.Topics(names(input), null);
        }
        if (input.has("topic-pattern")) {
            String pattern = Regexes.read(input, "topic-pattern", false);
            if (pattern != null) {
                checkPattern(input, pattern);
            }
            return new Input.Topics(List.of(), pattern == null ? ".*" : pattern);
        }
        if (rest == null) {
            rest = input.path();
        } else {
            String message = "is missing, and " + rest + " already takes every topic that no other input names";
            input.problem("topics", message, "name the topics of one of the two");
        }
        return Input.Topics.REST;
    }

    private List<String> names(Section input) {
        List<String> names = input.texts("topics");
        if (names.isEmpty()) {
            input.problem("topics", "names no topic", "write for instance [plant-1, plant-2], or remove it");
        }
        for (String name : names) {
            if (!NAME.matcher(name).matches() || name.equals(".") || name.equals("..")) {
                String cure = "use 1 to 249 of the characters a-z, A-Z, 0-9, '.', '_' and '-'";
                boolean pattern = name.contains("*");
                input.problem(
                        "topics",
                        '"' + name + "\" is not a topic name",
                        pattern ? "write topic-pattern for a regular expression" : cure);
            } else if (taken.containsKey(name)) {
                boolean same = taken.get(name).equals(input.path());
                String message = same
                        ? "names topic " + name + " twice"
                        : "names topic " + name + ", which " + taken.get(name) + " takes";
                input.problem("topics", message, "keep one of the two");
            } else if (!isRead(name)) {
                input.problem("topics", "names topic " + name + ", which " + reads() + " does not include", notRead());
            }
            taken.putIfAbsent(name, input.path());
        }
        return List.copyOf(names);
    }

    private void checkPattern(Section input, String pattern) {
        List<String> topics = surroundings.topics();
        if (!topics.isEmpty() && topics.stream().noneMatch(topic -> topic.matches(pattern))) {
            String message = "matches no topic of " + reads() + ": " + pattern;
            input.problem("topic-pattern", message, "correct it, or add the topics to " + reads());
        }
    }

    private boolean isRead(String topic) {
        if (!surroundings.topics().isEmpty()) {
            return surroundings.topics().contains(topic);
        }
        return surroundings.topicPattern() == null || topic.matches(surroundings.topicPattern());
    }

    private String reads() {
        return surroundings.topics().isEmpty() ? "weir.kafka.topic-pattern" : "weir.kafka.topics";
    }

    private String notRead() {
        return "add it to " + reads() + ", or remove it here";
    }

    /** Adds a note for each topic that an input names and whose name a source of it does not match. */
    static void noteUnmatched(Section input, Input read) {
        for (FieldSource source : read.sources()) {
            if (source instanceof FieldSource.Topic topic) {
                read.topics().names().stream()
                        .filter(name -> !name.matches(topic.regex()))
                        .forEach(name -> input.note(
                                "topics",
                                "names topic " + name + ", which " + topic.regex()
                                        + " does not match: the part is absent there"));
            }
        }
    }
}
