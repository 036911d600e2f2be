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
        Known known = new Known(0, true, Position.NONE, Set.of());
        assertThat(Admission.kept(claim, known)).isNull();
        assertThat(Admission.next(claim, known)).isEqualTo(new Generation(1, true));
    }

    @Test
    void refusesTheDefaultStartOverAnEarlierGeneration() {
        Known known = new Known(3, true, new Position(3, 7), Set.of("/lake"));
        assertThatThrownBy(() -> Admission.kept(fresh(true), known))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith("weir.kafka.start: committed-or-earliest, the default, is refused")
                .hasMessageContaining("generation 3")
                .hasMessageContaining("earliest, latest or an ISO instant");
    }

    @Test
    void beginsAHigherGenerationOverAnEarlierOneWhenToldWhereToStart() {
        Known known = new Known(3, true, new Position(3, 7), Set.of("/lake"));
        assertThat(Admission.kept(fresh(false), known)).isNull();
        assertThat(Admission.next(fresh(false), known)).isEqualTo(new Generation(4, true));
    }

    @Test
    void goesOnInTheGenerationOfTheStateThatIsTheNewest() {
        Known known = new Known(2, true, new Position(2, 7), Set.of("/lake"));
        assertThat(Admission.kept(restored(7, "rules", false, "/lake"), known)).isEqualTo(SECOND);
        assertThat(Admission.kept(restored(8, "rules", false, "/lake"), known))
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
        Position known = new Position(2, 7);

        assertThat(Admission.missing(claim, known, Position.NONE, Set.of("/lake")))
                .singleElement()
                .asString()
                .startsWith("weir.lake.path: /lake was written to by pipeline");
        assertThat(Admission.missing(claim, known, known, Set.of("/lake"))).isEmpty();
        assertThat(Admission.missing(claim, known, Position.NONE, Set.of("/other")))
                .as("a new lake")
                .isEmpty();
    }

    @Test
    void refusesAStateThatIsOlderThanWhatIsCommitted() {
        Known known = new Known(2, true, new Position(2, 7), Set.of("/lake"));
        assertThatThrownBy(() -> Admission.kept(restored(6, "rules", false, "/other"), known))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith("weir.restore.rewind is false")
                .hasMessageContaining("generation 2, checkpoint 6")
                .hasMessageContaining("generation 2, checkpoint 7");
    }

    @Test
    void refusesAStateOfAnEarlierGenerationWhateverItsCheckpoint() {
        Known known = new Known(3, true, new Position(3, 1), Set.of("/lake"));
        assertThatThrownBy(() -> Admission.kept(restored(99, "rules", false, "/other"), known))
                .isInstanceOf(RefusedException.class);
    }

    @Test
    void allowsARewindOnlyOntoANewLakePath() {
        Known known = new Known(2, true, new Position(2, 7), Set.of("/lake"));
        assertThatThrownBy(() -> Admission.kept(restored(6, "rules", true, "/lake"), known))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith("weir.lake.path must be a new one");
        Claim rewind = restored(6, "rules", true, "/new");
        assertThat(Admission.kept(rewind, known)).isNull();
        assertThat(Admission.next(rewind, known))
                .as("a rewind makes no partial rows")
                .isEqualTo(new Generation(3, false));
    }

    @Test
    void beginsAGenerationWithoutPartialRowsWhenTheRulesChange() {
        Known known = new Known(2, true, new Position(2, 7), Set.of("/lake"));
        Claim changed = restored(7, "other rules", false, "/lake");
        assertThat(Admission.kept(changed, known)).isNull();
        assertThat(Admission.next(changed, known)).isEqualTo(new Generation(3, false));
    }

    private static Claim fresh(boolean defaultStart) {
        return new Claim("p", "run", Position.NONE, null, "rules", "/lake", defaultStart, false);
    }

    private static Claim restored(long checkpointId, String verdicts, boolean rewindAllowed, String lake) {
        return new Claim(
                "p",
                "run",
                new Position(2, checkpointId),
                new Mark(SECOND, "rules"),
                verdicts,
                lake,
                true,
                rewindAllowed);
    }
}
