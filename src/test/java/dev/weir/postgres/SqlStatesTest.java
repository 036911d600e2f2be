package dev.weir.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlStatesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "08000", "08001", "08003", "08004", "08006", "08P01", "25006", "25P03", "25P04", "40001", "40P01",
                "53000", "53100", "53200", "53300", "53400", "55P03", "57P01", "57P02", "57P03", "57P04", "57P05",
                "57014"
            })
    void retriesWhatPasses(String state) {
        assertThat(SqlStates.isTransient(state, false)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "22003", "22P05", "23502", "23514", "25P02", "28000", "3D000", "40002", "42501", "42703", "42P01",
                "55000", "55006", "57000", "58030", "XX000", "P0001", "00000", ""
            })
    void failsOnWhatSomebodyMustMend(String state) {
        assertThat(SqlStates.isTransient(state, true)).isFalse();
        assertThat(SqlStates.cure(state)).isNotBlank();
    }

    @Test
    void aTakenNameIsCuredByRemovingItAndNothingIsLost() {
        assertThat(SqlStates.isTransient("42710", true)).isFalse();
        assertThat(SqlStates.isOfTheData("42710")).isFalse();
        assertThat(SqlStates.cure("42710")).contains("Drop or rename", "Old years", "no row is lost");
    }

    @ParameterizedTest
    @CsvSource({"08001,true", "08006,true", "57P03,true", "57014,false", "55P03,false", "53300,false", "25006,false"})
    void isAwayOnlyIfItDoesNotAnswer(String state, boolean away) {
        assertThat(SqlStates.isAway(state)).isEqualTo(away);
        assertThat(SqlStates.isAway(null)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"22003,true", "23514,true", "24000,false", "42601,false", ",false"})
    void isOfTheDataIfARowIsToBlame(String state, boolean ofTheData) {
        assertThat(SqlStates.isOfTheData(state)).isEqualTo(ofTheData);
    }

    @Test
    void aRefusalNamesTheActionTheErrorAndTheCure() {
        assertThat(SqlStates.refusal("weir.postgres.url: no table", new SQLException("permission denied", "42501")))
                .isEqualTo("weir.postgres.url: no table: permission denied [42501]."
                        + " Grant the role the rights in docs/postgres.md");
    }

    @Test
    void anErrorWithoutAStateIsNotRetried() {
        assertThat(SqlStates.isTransient(null, true)).isFalse();
        assertThat(SqlStates.cure(null)).isNotBlank();
    }

    @Test
    void aWrongPasswordIsBeingRotatedOnlyIfItHasBeenRight() {
        assertThat(SqlStates.isTransient("28P01", true)).isTrue();
        assertThat(SqlStates.isTransient("28P01", false)).isFalse();
        assertThat(SqlStates.cure("28P01")).contains("weir.postgres.url").contains(".password-file");
    }
}
