package dev.weir.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.core.series.Generation;
import dev.weir.failure.RefusedException;
import java.sql.SQLException;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final Generation SECOND = new Generation(2, true);

    @Test
    void saysOfAServerThatAnswersNotThatItIsAway() {
        assertThat(GenerationState.retrying(new SQLException("Connection refused", "08001")))
                .isEqualTo("weir.postgres.url: the database is away, trying again in 2 s: Connection refused [08001]");
        assertThat(GenerationState.retrying(new SQLException("canceling statement due to lock timeout", "55P03")))
                .isEqualTo("weir.postgres: the generation cannot be settled now, trying again in 2 s:"
                        + " canceling statement due to lock timeout [55P03]");
    }

    @Test
    void beginsTheFirstGenerationWhereNothingIsKnown() {
        Claim claim = fresh(true);
        PipelineHistory history = new PipelineHistory(0, true, Position.NONE, Set.of());
        assertThat(Admission.kept(claim, history)).isNull();
        assertThat(Admission.next(claim, history)).isEqualTo(new Generation(1, true));
    }

    @Test
    void refusesTheDefaultStartOverAnEarlierGeneration() {
        PipelineHistory history = new PipelineHistory(3, true, new Position(3, 7), Set.of("/lake"));
        assertThatThrownBy(() -> Admission.kept(fresh(true), history))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith("weir.kafka.start: committed-or-earliest, the default, is refused")
                .hasMessageContaining("generation 3")
                .hasMessageContaining("earliest, latest or an ISO instant");
    }

    @Test
    void beginsAHigherGenerationOverAnEarlierOneWhenToldWhereToStart() {
        PipelineHistory history = new PipelineHistory(3, true, new Position(3, 7), Set.of("/lake"));
        assertThat(Admission.kept(fresh(false), history)).isNull();
        assertThat(Admission.next(fresh(false), history)).isEqualTo(new Generation(4, true));
    }

    @Test
    void goesOnInTheGenerationOfTheStateThatIsTheNewest() {
        PipelineHistory history = new PipelineHistory(2, true, new Position(2, 7), Set.of("/lake"));
        assertThat(Admission.kept(restored(7, "rules", false, "/lake"), history))
                .isEqualTo(SECOND);
        assertThat(Admission.kept(restored(8, "rules", false, "/lake"), history))
                .as("the fence is raised only after the checkpoint has completed")
                .isEqualTo(SECOND);
    }

    @Test
    void saysThatADatabaseKnowsNothingOfAPipelineThatIsStartedFromState() {
        Claim claim = restored(7, "rules", false, "/lake");

        assertThat(Admission.missing(claim, Position.NONE, new Position(2, 7), Set.of("/lake")))
                .singleElement()
                .asString()
                .startsWith("weir.postgres.url: this database knows nothing of pipeline")
                .contains("generation 2, checkpoint 7");
        assertThat(Admission.missing(fresh(true), Position.NONE, Position.NONE, Set.of()))
                .isEmpty();
    }

    @Test
    void saysThatALakeWasEmptied() {
        Claim claim = restored(7, "rules", false, "/lake");
        Position fence = new Position(2, 7);

        assertThat(Admission.missing(claim, fence, Position.NONE, Set.of("/lake")))
                .singleElement()
                .asString()
                .startsWith("weir.lake.path: /lake was written to by pipeline");
        assertThat(Admission.missing(claim, fence, fence, Set.of("/lake"))).isEmpty();
        assertThat(Admission.missing(claim, fence, Position.NONE, Set.of("/other")))
                .as("a new lake")
                .isEmpty();
    }

    @Test
    void refusesAStateThatIsOlderThanWhatIsCommitted() {
        PipelineHistory history = new PipelineHistory(2, true, new Position(2, 7), Set.of("/lake"));
        assertThatThrownBy(() -> Admission.kept(restored(6, "rules", false, "/other"), history))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith("weir.restore.rewind is false")
                .hasMessageContaining("generation 2, checkpoint 6")
                .hasMessageContaining("generation 2, checkpoint 7");
    }

    @Test
    void refusesAStateOfAnEarlierGenerationWhateverItsCheckpoint() {
        PipelineHistory history = new PipelineHistory(3, true, new Position(3, 1), Set.of("/lake"));
        assertThatThrownBy(() -> Admission.kept(restored(99, "rules", false, "/other"), history))
                .isInstanceOf(RefusedException.class);
    }

    @Test
    void allowsARewindOnlyOntoANewLakePath() {
        PipelineHistory history = new PipelineHistory(2, true, new Position(2, 7), Set.of("/lake"));
        assertThatThrownBy(() -> Admission.kept(restored(6, "rules", true, "/lake"), history))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith("weir.lake.path must be a new one");
        Claim rewind = restored(6, "rules", true, "/new");
        assertThat(Admission.kept(rewind, history)).isNull();
        assertThat(Admission.next(rewind, history))
                .as("a rewind makes no partial rows")
                .isEqualTo(new Generation(3, false));
    }

    @Test
    void beginsAGenerationWithoutPartialRowsWhenTheRulesChange() {
        PipelineHistory history = new PipelineHistory(2, true, new Position(2, 7), Set.of("/lake"));
        Claim changed = restored(7, "other rules", false, "/lake");
        assertThat(Admission.kept(changed, history)).isNull();
        assertThat(Admission.next(changed, history)).isEqualTo(new Generation(3, false));
    }

    private static Claim fresh(boolean defaultStart) {
        return new Claim("p", "run", Position.NONE, null, "rules", "/lake", defaultStart, false);
    }

    private static Claim restored(long checkpointId, String verdicts, boolean rewindAllowed, String lake) {
        return new Claim(
                "p",
                "run",
                new Position(2, checkpointId),
                new StoredGeneration(SECOND, "rules"),
                verdicts,
                lake,
                true,
                rewindAllowed);
    }
}
