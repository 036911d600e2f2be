package dev.weir.chaos;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The long version, {@code ./mvnw -Pchaos verify}: every kind of disaster, by seed, for {@code weir.chaos.minutes}. */
class ChaosSuite {
    @Test
    void nothingIsLostAndNothingIsThereTwice() throws Exception {
        ChaosHarness.assertNothingChanges(ChaosOptions.fromSystemProperties(5, List.of()));
    }
}
