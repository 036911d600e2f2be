package dev.weir.config;

import dev.weir.config.parse.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** Thrown for an invalid configuration, with all its problems. The job does not start, and a retry would not help. */
public class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public ConfigurationException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
