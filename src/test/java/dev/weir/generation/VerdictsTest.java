package dev.weir.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.WeirConfig;
import dev.weir.core.catalog.Input;
import dev.weir.testing.generate.TestConfigs;
import dev.weir.testing.kept.KeptState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Pins fingerprints of catalogs. Another fingerprint of the same catalog would begin a new generation at an upgrade, so
 * what a record of the catalog gains must not show in it where it is not used.
 */
class VerdictsTest {

    @Test
    void aCatalogKeepsItsFingerprintOverReleases() {
        assertThat(Verdicts.fingerprint(KeptState.config())).isEqualTo("f1c679b1f74ee9cc");
        assertThat(fingerprint(TestConfigs.ofFirstRelease(TestConfigs.csvWide())))
                .isEqualTo("0f81e73ee371f820");
        assertThat(fingerprint(TestConfigs.ofFirstRelease(TestConfigs.csvLong())))
                .isEqualTo("874e6754a3dfb21d");
        assertThat(fingerprint(TestConfigs.ofFirstRelease(TestConfigs.wideJson())))
                .isEqualTo("1ee0b35ed8d77191");
    }

    @Test
    void theChoiceForShortRowsIsPartOfTheRules() {
        Input input = TestConfigs.csvLong().catalog().inputs().get(0);
        Input.Csv csv = new Input.Csv(input.csv().header(), input.csv().separator(), true);
        assertThat(fingerprint(TestConfigs.withInput(TestConfigs.csvLong(), TestConfigs.withCsv(input, csv))))
                .isNotEqualTo(fingerprint(TestConfigs.csvLong()));
    }

    @Test
    void theChoiceForTheRepeatedHourIsPartOfTheRules() {
        Input input = TestConfigs.csvLong().catalog().inputs().get(0);
        Input.EventTime time = input.eventTime();
        for (Input.Overlap overlap : Input.Overlap.values()) {
            Input.EventTime chosen = new Input.EventTime(time.sources(), time.formats(), time.zone(), overlap);
            Input with = new Input(
                    input.topics(),
                    input.payload(),
                    new Input.Fields(
                            input.sensorId(), chosen, input.metric(), input.value(), input.unit(), input.site()),
                    input.readings(),
                    input.texts());
            assertThat(fingerprint(TestConfigs.withInput(TestConfigs.csvLong(), with))
                            .equals(fingerprint(TestConfigs.csvLong())))
                    .isEqualTo(overlap == Input.Overlap.EARLIER);
        }
    }

    @Test
    void aLongJsonCatalogThatUsesEveryKeyKeepsItsFingerprint() {
        assertThat(fingerprint(VerdictCatalogs.LONG_JSON)).isEqualTo("f126052924f45be4");
    }

    @Test
    void aWideCsvCatalogThatUsesEveryKeyKeepsItsFingerprint() {
        assertThat(fingerprint(VerdictCatalogs.WIDE_CSV)).isEqualTo("3b947d00be8f1893");
    }

    @Test
    void aCatalogOfDefaultsKeepsItsFingerprint() {
        assertThat(fingerprint(VerdictCatalogs.DEFAULTS)).isEqualTo("9df943b84e8d8a90");
    }

    @Test
    void catalogsOfVersion2KeepTheirFingerprints() {
        assertThat(fingerprint(VerdictCatalogs.ITEMS)).isEqualTo("5a7e8ec54973b88a");
        assertThat(fingerprint(VerdictCatalogs.ROWS)).isEqualTo("e0ec3071da9d6168");
        assertThat(fingerprint(VerdictCatalogs.AVRO)).isEqualTo("9681c3eed58d2304");
    }

    @Test
    void aCatalogThatBecomesOneOfVersion2IsNoOtherRule() {
        for (String catalog : List.of(VerdictCatalogs.LONG_JSON, VerdictCatalogs.WIDE_CSV, VerdictCatalogs.DEFAULTS)) {
            String inputs = catalog.replace("version: 1", "version: 2")
                    .replaceFirst("(?m)^input:$", "inputs:")
                    .replaceFirst("(?m)^  format:", "- format:");
            assertThat(fingerprint(inputs)).isEqualTo(fingerprint(catalog));
        }
    }

    @Test
    void whereASchemaIsKeptIsNoRule() {
        String other = VerdictCatalogs.AVRO.replace("registry:8081", "other").replace("geheim", "\"${env:PASSWORD}\"");
        assertThat(fingerprint(other)).isEqualTo(fingerprint(VerdictCatalogs.AVRO));
    }

    /** As the reader makes them, whatever way the file says it. */
    @Test
    void aDefaultThatIsWrittenDownIsNoOtherRule() {
        String written = VerdictCatalogs.DEFAULTS
                .replace("format: epoch-millis", "format: epoch-millis, zone: UTC")
                .replace(
                        "{unit: Cel}",
                        "{unit: °C, on: {out-of-range: reject, spike: reject, stuck: flag}, optional: false}")
                .replace("metrics:", "unknown-metric: reject\nmetrics:");
        assertThat(fingerprint(written)).isEqualTo(fingerprint(VerdictCatalogs.DEFAULTS));

        String csv = VerdictCatalogs.WIDE_CSV
                .replace("overlap: advance", "overlap: earlier")
                .replace("short-rows: reject", "short-rows: absent");
        String silent =
                VerdictCatalogs.WIDE_CSV.replace(", overlap: advance", "").replace(", short-rows: reject", "");
        assertThat(fingerprint(csv)).isEqualTo(fingerprint(silent));
    }

    @Test
    void theOrderOfMetricsIsNoRule() {
        List<String> lines = VerdictCatalogs.LONG_JSON.lines().toList();
        int metrics = lines.indexOf("metrics:") + 1;
        List<String> turned = new ArrayList<>(lines.subList(metrics, lines.size()));
        Collections.reverse(turned);
        turned.addAll(0, lines.subList(0, metrics));

        assertThat(fingerprint(String.join("\n", turned))).isEqualTo(fingerprint(VerdictCatalogs.LONG_JSON));
    }

    private static String fingerprint(String catalog) {
        return Verdicts.fingerprint(VerdictCatalogs.config(catalog));
    }

    /** With the times of the kept states, which stay. */
    private static String fingerprint(WeirConfig config) {
        WeirConfig kept = KeptState.config();
        return Verdicts.fingerprint(TestConfigs.config(config.catalog(), kept.time(), config.windows()));
    }
}
