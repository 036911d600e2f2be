package dev.weir.generation;

import dev.weir.core.series.Generation;

/**
 * Holds the generation that state belongs to, as the state itself says.
 *
 * @param verdicts the fingerprint of the verdict rules of that generation
 */
public record StoredGeneration(Generation generation, String verdicts) {

    String encoded() {
        return generation.number() + ":" + generation.startedWithoutState() + ":" + verdicts;
    }

    static StoredGeneration decoded(String text) {
        int first = text.indexOf(':');
        int second = text.indexOf(':', first + 1);
        Generation generation = new Generation(
                Integer.parseInt(text.substring(0, first)), Boolean.parseBoolean(text.substring(first + 1, second)));
        return new StoredGeneration(generation, text.substring(second + 1));
    }
}
