package dev.weir.config.parse;

import java.util.ArrayList;
import java.util.List;

/** Collects problems, warnings and notes, in the order in which they were found and each once. Not thread-safe. */
public final class Problems {
    private final List<Problem> found = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    public void add(String location, String message, String cure) {
        Problem problem = new Problem(location, message, cure);
        if (!found.contains(problem)) {
            found.add(problem);
        }
    }

    /** Adds a warning of a setting that is allowed but rarely intended. It is shown and refuses nothing. */
    public void warn(String location, String message, String cure) {
        Problem problem = new Problem(location, message, cure);
        if (!warnings.contains(problem)) {
            warnings.add(problem);
        }
    }

    public List<Problem> warnings() {
        return List.copyOf(warnings);
    }

    /** Adds a note that {@code check} shows: how a value was understood, or why it is unusual. */
    public void note(String location, String message) {
        notes.add(location + ": " + message);
    }

    /** Returns the notes in the order in which they were added. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    public List<Problem> list() {
        return List.copyOf(found);
    }
}
