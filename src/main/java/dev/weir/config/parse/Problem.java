package dev.weir.config.parse;

/**
 * One problem of the configuration.
 *
 * @param location {@code file:line}, {@code file} for a missing entry, or the override ({@code -Dkey})
 * @param message begins with the key, gives the value and what is allowed; never a secret
 * @param cure what to write instead
 */
public record Problem(String location, String message, String cure) {

    /** Returns the line that the user reads: {@code location: message; cure}. */
    @Override
    public String toString() {
        return location + ": " + message + "; " + cure;
    }
}
