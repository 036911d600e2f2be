package dev.weir.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class CellsTest {
    private final Cells cells = new Cells(1, Set.of("NA"));

    @Test
    void aCellIsAbsentUntilItIsFilled() {
        assertThat(cells.kind(0)).isEqualTo(Cells.Kind.ABSENT);
        cells.setText(0, "a");
        cells.clear();
        assertThat(cells.kind(0)).isEqualTo(Cells.Kind.ABSENT);
        assertThat(cells.text(0)).isNull();
    }

    @Test
    void nothingIsLeftOfWhatACellHeldBefore() {
        cells.setText(0, "a");
        cells.setNull(0);
        assertThat(cells.kind(0)).isEqualTo(Cells.Kind.NULL);
        assertThat(cells.text(0)).isNull();
        cells.setInteger(0, 7, null);
        assertThat(cells.text(0)).isEqualTo("7");
        cells.setDecimal(0, 1.5, null);
        assertThat(cells.text(0)).isNull();
        cells.setText(0, "NA");
        assertThat(cells.kind(0)).isEqualTo(Cells.Kind.NULL);
        assertThat(cells.text(0)).isEqualTo("NA");
    }
}
