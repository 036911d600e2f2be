package dev.weir.chaos;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two minutes of chaos with most kinds of disaster, as part of every build. */
class ChaosIT {
    @Test
    void nothingIsLostAndNothingIsThereTwice() throws Exception {
        List<Disaster> schedule = List.of(
                ClusterDisasters.killTaskManager(),
                new PostgresKilled(),
                ClusterDisasters.killJobManager(),
                ClusterDisasters.rescale(2),
                new KafkaKilled(),
                ClusterDisasters.zombieTaskManager(),
                ClusterDisasters.checkpointTimeout(),
                ClusterDisasters.killAll());
        ChaosHarness.assertNothingChanges(new ChaosOptions(1, Duration.ofMinutes(2), 1_000, schedule));
    }
}
