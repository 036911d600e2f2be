package dev.weir.config.parse;

/**
 * One thing that is wrong with the configuration.
 *
 * @param location {@code file:line}, {@code file} for something that is missing, or the override ({@code -Dkey})
 * @param message begins with the key, gives the value and what is allowed; never a secret
 * @param cure what to write instead
 */
public record Problem(String location, String message, String cure) {

    /** The line that a person reads: {@code location: message; cure}. */
    @Override
    public String toString() {
        return location + ": " + message + "; " + cure;
    }
}
