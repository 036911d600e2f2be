package dev.weir.flink;

import dev.weir.core.model.Aggregate;
import dev.weir.core.model.DeadLetter;
import dev.weir.core.model.Event;
import dev.weir.core.model.Reading;
import dev.weir.core.model.SeriesKey;
import dev.weir.core.model.Tally;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Flink's type information for the types that cross between operators. */
public final class WeirTypes {
    public static final TypeInformation<Event> EVENT = new WireType<>(Event.class, new EventSerializer());
    public static final TypeInformation<SeriesKey> SERIES_KEY =
            new WireType<>(SeriesKey.class, new SeriesKeySerializer());
    public static final TypeInformation<Reading> READING = new WireType<>(Reading.class, new ReadingSerializer());
    public static final TypeInformation<ReadingBatch> BATCH =
            new WireType<>(ReadingBatch.class, new ReadingBatchSerializer());
    public static final TypeInformation<Aggregate> AGGREGATE =
            new WireType<>(Aggregate.class, new AggregateSerializer());
    public static final TypeInformation<DeadLetter> DEAD_LETTER =
            new WireType<>(DeadLetter.class, new DeadLetterSerializer());

    public static final TypeInformation<Tally> TALLY = new WireType<>(Tally.class, new TallySerializer());

    private WeirTypes() {}
}
