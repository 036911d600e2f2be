package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.local.LocalJob;
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

    /** Without a directory for checkpoints it keeps nothing, and yet has not read everything. */
    @Test
    void aBoundedRunThatIsStoppedBeforeItsEndHasNotFinished() throws Exception {
        LocalJob.End stopped = new LocalJob.End(null, true, false, 5);
        LocalJob.End finished = new LocalJob.End(null, false, false, 5);

        assertThat(new LocalRun().ended(stopped, true, null, 0, new Configuration()))
                .isEqualTo(ExitCode.JOB_FAILED);
        assertThat(new LocalRun().ended(finished, true, null, 0, new Configuration()))
                .isEqualTo(ExitCode.FINISHED);
        assertThat(new LocalRun().ended(stopped, false, null, 0, new Configuration()))
                .isEqualTo(ExitCode.FINISHED);
    }

    private static int slots(Configuration flink) {
        return LocalRun.local(flink).get(TaskManagerOptions.NUM_TASK_SLOTS);
    }
}
