package dev.weir.sink.postgres;

import dev.weir.core.model.Aggregate;
import java.io.IOException;

/** Consumes rows. */
@FunctionalInterface
interface RowConsumer {
    void accept(Aggregate row) throws IOException;
}
