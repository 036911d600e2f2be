package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.junit.jupiter.api.Test;

class LocalRunTest {

    @Test
    void thereAreAsManySlotsAsTheJobHasSubtasks() {
        Configuration shipped = new Configuration().set(TaskManagerOptions.NUM_TASK_SLOTS, 2);

        assertThat(slots(new Configuration(shipped).set(CoreOptions.DEFAULT_PARALLELISM, 4)))
                .isEqualTo(4);
        assertThat(slots(new Configuration(shipped).set(CoreOptions.DEFAULT_PARALLELISM, 1)))
                .isEqualTo(2);
        // Nothing is said: as many as cores, as Flink's local environment has it.
        int cores = Runtime.getRuntime().availableProcessors();
        assertThat(slots(new Configuration())).isEqualTo(cores);
        assertThat(LocalRun.local(new Configuration()).get(CoreOptions.DEFAULT_PARALLELISM))
                .isEqualTo(cores);
    }

    private static int slots(Configuration flink) {
        return LocalRun.local(flink).get(TaskManagerOptions.NUM_TASK_SLOTS);
    }
}
