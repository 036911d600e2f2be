package dev.weir.generation;

import dev.weir.core.series.Generation;

/**
 * What state says of the generation that it belongs to.
 *
 * @param verdicts fingerprint of what decided verdicts in it
 */
public record Mark(Generation generation, String verdicts) {

    String encoded() {
        return generation.number() + ":" + generation.startedWithoutState() + ":" + verdicts;
    }

    static Mark decoded(String text) {
        int first = text.indexOf(':');
        int second = text.indexOf(':', first + 1);
        Generation generation = new Generation(
                Integer.parseInt(text.substring(0, first)), Boolean.parseBoolean(text.substring(first + 1, second)));
        return new Mark(generation, text.substring(second + 1));
    }
}
