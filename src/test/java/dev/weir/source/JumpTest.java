package dev.weir.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JumpTest {

    @Test
    void losesTheOffsetsBeforeTheLogsStart() {
        assertThat(Jump.overLost(100, 150, Long.MAX_VALUE)).isEqualTo(new Jump(150, 50));
    }

    /** Offsets from the end on are not this run's; the next one begins at the end, and loses them. */
    @Test
    void losesNothingFromTheEndOfABoundedRunOn() {
        assertThat(Jump.overLost(100, 150, 120)).isEqualTo(new Jump(120, 20));
    }

    @Test
    void losesNothingWhenTheBrokersLogWasCutBack() {
        assertThat(Jump.back(90, 0)).isEqualTo(new Jump(90, 0));
        assertThat(Jump.back(90, 95)).as("and its first records are deleted").isEqualTo(new Jump(95, 0));
    }
}
