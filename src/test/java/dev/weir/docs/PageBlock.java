package dev.weir.docs;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A fenced block of a Markdown page.
 *
 * @param language what stands behind the opening fence, such as {@code bash}
 */
record PageBlock(String language, String text) {
    /** A comment right before a block says why the test does not run it. */
    private static final Pattern BLOCK = Pattern.compile(
            "^(<!-- TutorialIT [^>]*-->\\n)?```(\\w+)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    /** Returns the blocks of a page in their order, without those that a comment excludes. */
    static List<PageBlock> of(String page) {
        return BLOCK.matcher(page)
                .results()
                .filter(match -> match.group(1) == null)
                .map(match -> new PageBlock(match.group(2), match.group(3)))
                .toList();
    }
}
