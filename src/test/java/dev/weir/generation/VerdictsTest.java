package dev.weir.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.WeirConfig;
import dev.weir.core.catalog.Input;
import dev.weir.testing.generate.TestConfigs;
import dev.weir.testing.kept.KeptState;
import org.junit.jupiter.api.Test;

/**
 * Pins fingerprints of catalogs of version 1. Another fingerprint of the same catalog would begin a new generation at an upgrade, so
 * what a record of the catalog gains must not show in it where it is not used.
 */
class VerdictsTest {

    @Test
    void aCatalogKeepsItsFingerprintOverReleases() {
        assertThat(Verdicts.fingerprint(KeptState.config())).isEqualTo("f1c679b1f74ee9cc");
        assertThat(fingerprint(TestConfigs.csvWide())).isEqualTo("0f81e73ee371f820");
        assertThat(fingerprint(TestConfigs.csvLong())).isEqualTo("874e6754a3dfb21d");
        assertThat(fingerprint(TestConfigs.wideJson())).isEqualTo("1ee0b35ed8d77191");
    }

    @Test
    void theChoiceForShortRowsIsPartOfTheRules() {
        Input input = TestConfigs.csvLong().catalog().input();
        Input.Csv csv = new Input.Csv(input.csv().header(), input.csv().separator(), true);
        assertThat(fingerprint(TestConfigs.withInput(TestConfigs.csvLong(), TestConfigs.withCsv(input, csv))))
                .isNotEqualTo(fingerprint(TestConfigs.csvLong()));
    }

    @Test
    void theChoiceForTheRepeatedHourIsPartOfTheRules() {
        Input input = TestConfigs.csvLong().catalog().input();
        Input.EventTime time = input.eventTime();
        for (Input.Overlap overlap : Input.Overlap.values()) {
            Input.EventTime chosen = new Input.EventTime(time.fields(), time.formats(), time.zone(), overlap);
            Input with = new Input(
                    input.format(),
                    input.sensorId(),
                    chosen,
                    input.metric(),
                    input.value(),
                    input.unit(),
                    input.site(),
                    input.readings(),
                    input.csv(),
                    input.nullValues(),
                    input.lenientNumbers());
            assertThat(fingerprint(TestConfigs.withInput(TestConfigs.csvLong(), with))
                            .equals(fingerprint(TestConfigs.csvLong())))
                    .isEqualTo(overlap == Input.Overlap.EARLIER);
        }
    }

    /** With the times of the kept states, which stay. */
    private static String fingerprint(WeirConfig config) {
        WeirConfig kept = KeptState.config();
        return Verdicts.fingerprint(TestConfigs.config(config.catalog(), kept.time(), config.windows()));
    }
}
