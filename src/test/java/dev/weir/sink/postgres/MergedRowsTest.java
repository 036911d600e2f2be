package dev.weir.sink.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.core.model.Aggregate;
import dev.weir.core.model.SeriesKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class MergedRowsTest {
    private int open;

    @Test
    void givesEachKeyOnceInOrderWithTheRowThatStands() throws IOException {
        List<SortedRows> sorted = List.of(
                rows(row("a", 1), row("c", 5), row("d", 1)),
                rows(),
                rows(row("b", 1), row("c", 9), row("e", 1)),
                rows(row("c", 7)));
        MergedRows merged = new MergedRows(sorted);
        List<String> found = new ArrayList<>();
        for (Aggregate row = merged.next(); row != null; row = merged.next()) {
            found.add(row.series().sensorId() + row.revision());
        }
        assertThat(found).containsExactly("a1", "b1", "c9", "d1", "e1");
        assertThat(open).as("each was closed at its end").isZero();
        assertThat(merged.next()).isNull();
    }

    @Test
    void closesWhatIsNotReadToTheEnd() throws IOException {
        MergedRows merged = new MergedRows(List.of(rows(row("a", 1), row("b", 1)), rows(row("a", 2), row("c", 1))));
        assertThat(merged.next().revision()).isEqualTo(2);
        assertThat(open).isEqualTo(2);
        merged.close();
        assertThat(open).isZero();
        assertThat(merged.next()).isNull();
    }

    @Test
    void closesTheFirstOnesIfALaterOneCannotBeRead() {
        SortedRows unreadable = new Chunked(List.of()) {
            @Override
            public Chunks chunks() throws IOException {
                throw new IOException("gone");
            }
        };
        assertThatThrownBy(() -> new MergedRows(List.of(rows(row("a", 1)), unreadable)))
                .isInstanceOf(IOException.class)
                .hasMessage("gone");
        assertThat(open).isZero();
    }

    private SortedRows rows(Aggregate... rows) {
        return new Chunked(Arrays.asList(rows));
    }

    private static Aggregate row(String sensor, long revision) {
        return Aggregate.builder()
                .series(new SeriesKey(sensor, "m"))
                .windowSeconds(60)
                .count(revision)
                .generation(1)
                .build();
    }

    /** Each row is a chunk. */
    private class Chunked implements SortedRows {
        private final List<Aggregate> rows;

        Chunked(List<Aggregate> rows) {
            this.rows = rows;
        }

        @Override
        public long bytes() {
            return 0;
        }

        @Override
        public Chunks chunks() throws IOException {
            open++;
            Iterator<Aggregate> rest = rows.iterator();
            return new Chunks() {
                @Override
                public byte[] next() throws IOException {
                    if (!rest.hasNext()) {
                        return null;
                    }
                    DataOutputSerializer out = new DataOutputSerializer(64);
                    AggregateCodec.write(rest.next(), out);
                    return out.getCopyOfBuffer();
                }

                @Override
                public void close() {
                    open--;
                }
            };
        }

        @Override
        public void delete() {}
    }
}
