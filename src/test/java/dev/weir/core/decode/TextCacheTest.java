package dev.weir.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextCacheTest {
    private final TextCache cache = new TextCache();

    @Test
    void aTextThatComesAgainIsTheSameObject() {
        String first = get("--sensor-1--", 2, 8);
        assertThat(first).isEqualTo("sensor-1");
        assertThat(get("sensor-1", 0, 8)).isSameAs(first);
        assertThat(get("", 0, 0)).isEmpty();
        assertThat(get("sensor-1", 0, 7)).isEqualTo("sensor-");
        assertThat(get("sensor-2", 0, 8)).isEqualTo("sensor-2");
        assertThat(get("sensor-1", 0, 8)).isSameAs(first);
    }

    /** "Aa" and "BB" have one hash, and so one entry; each takes the place of the other. */
    @Test
    void textsOfOneHashAreToldApart() {
        String first = get("Aa", 0, 2);
        assertThat(get("BB", 0, 2)).isEqualTo("BB");
        assertThat(get("Aa", 0, 2)).isEqualTo("Aa").isNotSameAs(first);
        assertThat("AaAa".hashCode()).isEqualTo("AaBB".hashCode());
        get("AaAa", 0, 4);
        assertThat(get("AaBB", 0, 4)).isEqualTo("AaBB");
    }

    /** 31 * 'A' + 'a' is the one character's hash. */
    @Test
    void textsOfOneHashMayDifferInLength() {
        assertThat("\u0840".hashCode()).isEqualTo("Aa".hashCode());
        get("Aa", 0, 2);
        assertThat(get("\u0840", 0, 1)).isEqualTo("\u0840");
        assertThat(get("Aa", 0, 2)).isEqualTo("Aa");
    }

    @Test
    void aLongTextIsNotKept() {
        String longest = "x".repeat(255);
        assertThat(get(longest, 0, 255)).isSameAs(get(longest, 0, 255));
        String longer = "x".repeat(256);
        assertThat(get(longer, 0, 256)).isEqualTo(longer).isNotSameAs(get(longer, 0, 256));
    }

    /** 50,000 names fit into the greatest table but for those that share an entry; a table of the first size would keep a thousand. */
    @Test
    @SuppressWarnings("ReferenceEquality") // the same object is what the cache is for
    void growsWithTheNumberOfNames() {
        List<String> names = new ArrayList<>();
        for (int round = 0; round < 8; round++) {
            for (int i = 0; i < 50_000; i++) {
                String name = "sensor-" + i * 7919;
                String kept = get(name, 0, name.length());
                assertThat(kept).isEqualTo(name);
                if (round == 7) {
                    names.add(kept);
                }
            }
        }
        long same = names.stream()
                .filter(name -> get(name, 0, name.length()) == name)
                .count();
        assertThat(same).isBetween(15_000L, 50_000L);
    }

    private String get(String text, int offset, int length) {
        return cache.get(text.toCharArray(), offset, length);
    }
}
