package dev.weir.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NamePlacesTest {

    @Test
    void aNameKeepsItsPlaceWhileItsGroupHasRoom() {
        NamePlaces<String> places = new NamePlaces<>(16);
        Set<Integer> taken = new HashSet<>();
        for (int i = 0; i < 16; i++) {
            int place = places.of("n" + i);
            assertThat(places.isNew()).isTrue();
            assertThat(place).isBetween(0, 15);
            assertThat(taken.add(place)).as("%s has a place of its own", i).isTrue();
        }
        for (int i = 0; i < 16; i++) {
            int place = places.of("n" + i);
            assertThat(places.isNew()).isFalse();
            assertThat(places.nameAt(place)).isEqualTo("n" + i);
        }
        int place = places.of("another");
        assertThat(places.isNew()).isTrue();
        assertThat(places.nameAt(place)).isEqualTo("another");
        assertThat(places.of("another")).isEqualTo(place);
        assertThat(places.isNew()).isFalse();
    }

    /** "Aa" and "BB" have one hash; so have any two texts that are made of them alike. */
    @Test
    void namesOfOneHashAreToldApart() {
        NamePlaces<String> places = new NamePlaces<>(64);
        Set<Integer> taken = new HashSet<>();
        for (int i = 0; i < 16; i++) {
            taken.add(places.of(name(i)));
            assertThat(places.isNew()).isTrue();
        }
        assertThat(taken).hasSize(16);
        assertThat(taken.stream().map(place -> place / 16).distinct())
                .as("of one group")
                .hasSize(1);
        places.of(name(0));
        assertThat(places.isNew()).isFalse();
        int seventeenth = places.of(name(16));
        assertThat(taken).as("its group is full").contains(seventeenth);
    }

    @Test
    void namesSpreadOverAllGroups() {
        NamePlaces<String> places = new NamePlaces<>(1_024);
        Set<Integer> groups = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            groups.add(places.of("sensor-" + i) / 16);
        }
        assertThat(groups).hasSizeGreaterThan(56).allMatch(group -> group < 64);
    }

    private static String name(int number) {
        StringBuilder name = new StringBuilder();
        for (int bit = 0; bit < 5; bit++) {
            name.append((number >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return name.toString();
    }
}
