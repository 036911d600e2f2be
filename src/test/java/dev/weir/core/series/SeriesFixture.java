package dev.weir.core.series;

import dev.weir.core.catalog.Catalog;
import dev.weir.core.catalog.Input;
import dev.weir.core.catalog.Metric;
import dev.weir.core.catalog.Metric.Action;
import dev.weir.core.catalog.Quota;
import dev.weir.core.catalog.Rate;
import dev.weir.core.catalog.TimeSettings;
import dev.weir.core.model.Aggregate;
import dev.weir.core.model.Flag;
import dev.weir.core.model.Origin;
import dev.weir.core.model.Reading;
import dev.weir.core.model.Reject;
import dev.weir.core.model.SeriesKey;
import dev.weir.testing.generate.TestConfigs;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/** One series under test: readings go in by second and value, verdicts and rows come out as lists. */
final class SeriesFixture implements SeriesOutput {
    static final SeriesKey KEY = new SeriesKey("s-1", "temperature");

    final List<Reading> accepted = new ArrayList<>();
    final List<Reject> rejects = new ArrayList<>();
    final List<Aggregate> rows = new ArrayList<>();
    final List<Cause> causes = new ArrayList<>();

    SeriesState state = new SeriesState();
    SeriesMachine machine;
    /** By the number of the reading, from 1 on. */
    LongFunction<String> sites = number -> "site-" + number;

    long nowMillis = 1_000_000;
    private long offset;
    /** What it is stored under. */
    SeriesKey storedAs = KEY;

    /** As {@code throughBytes} has left it in the store. */
    private byte[] settled;
    /** Written so far by {@code throughBytes}. */
    long settledBytes;

    long otherBytes;

    /** Disorder 10 s, lateness 2 min, idle flush 30 s, retention 1 h. */
    SeriesFixture(Metric metric, Quota quota, Generation generation, Duration... windows) {
        configure(metric, quota, generation, windows);
    }

    static SeriesFixture minutes() {
        return new SeriesFixture(unlimited(), null, Generation.FIRST, Duration.ofMinutes(1));
    }

    void configure(Metric metric, Quota quota, Generation generation, Duration... windows) {
        Input input = TestConfigs.longJson().catalog().inputs().get(0);
        Catalog catalog = new Catalog(input, Map.of(KEY.metric(), metric), false, quota);
        TimeSettings time = TestConfigs.time(Duration.ofSeconds(10), Duration.ofMinutes(2));
        SeriesRules rules = new SeriesRules(catalog, time, List.of(windows), Duration.ofHours(1));
        machine = new SeriesMachine(rules, generation);
    }

    static Metric unlimited() {
        return metric(null, Action.REJECT, null, Action.FLAG);
    }

    static Metric metric(Rate maxRate, Action onSpike, Duration stuckAfter, Action onStuck) {
        return new Metric(
                KEY.metric(),
                "Cel",
                new Metric.Limits(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, maxRate, stuckAfter, List.of()),
                Map.of(Flag.SPIKE, onSpike, Flag.STUCK, onStuck),
                null,
                false);
    }

    static Rate rate(String amount, Duration per) {
        return new Rate(new BigDecimal(amount), per);
    }

    /** @return "ok", or the reason and detail of the reject */
    String at(double second, double value) {
        int before = rejects.size();
        machine.judge(state, reading(second, value), nowMillis, this);
        if (rejects.size() == before) {
            return "ok";
        }
        Reject last = rejects.get(rejects.size() - 1);
        return last.reason() + (last.detail().endsWith("value") ? " " + last.detail() : "");
    }

    Reading reading(double second, double value) {
        Origin origin = new Origin("t", 0, offset++, 0);
        return new Reading(
                KEY, (long) (second * 1_000_000), value, "Cel", sites.apply(offset), 0, origin, null, null, 0);
    }

    /** Processing time passes; whatever is due happens. */
    void silence(Duration duration) {
        nowMillis += duration.toMillis();
        machine.onTime(state, KEY, nowMillis, this);
    }

    void throughBytes() {
        SeriesStateCodec codec = new SeriesStateCodec();
        if (state.settle(storedAs)) {
            settled = codec.encodeSettled(state);
            settledBytes += settled == null ? 0 : settled.length;
        }
        byte[] bytes = codec.encode(state);
        otherBytes += bytes.length;
        state = codec.decode(bytes, SeriesStateCodec.hasSettled(bytes) ? settled : null);
    }

    /** {@code start second: count} of every row so far, and forgets them. */
    List<String> takeRows() {
        List<String> taken = rows.stream()
                .map(row -> row.windowStartMicros() / 1_000_000 + ": " + row.count())
                .toList();
        rows.clear();
        causes.clear();
        return taken;
    }

    @Override
    public void accepted(Reading reading) {
        accepted.add(reading);
    }

    @Override
    public void rejected(Reading reading, Reject reject) {
        rejects.add(reject);
    }

    @Override
    public void emitted(Aggregate row, Cause cause) {
        rows.add(row);
        causes.add(cause);
    }
}
