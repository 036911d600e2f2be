package dev.weir.cli;

/**
 * Holds the choices for one run besides its configuration.
 *
 * @param fresh whether to start without the state of an earlier run
 * @param failOnRejects the share of rejected events and readings above which a finished run ends with exit code 3; null
 *     for none
 */
public record RunChoices(boolean fresh, Double failOnRejects) {
    static final RunChoices NONE = new RunChoices(false, null);
}
