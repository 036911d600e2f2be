package dev.weir.core;

import dev.weir.config.WeirConfig;
import dev.weir.core.catalog.Catalog;
import dev.weir.core.check.Intake;
import dev.weir.core.decode.Decoder;
import dev.weir.core.model.Event;
import dev.weir.core.model.Reject;
import dev.weir.testing.oracle.Oracle;
import dev.weir.testing.outputs.Outcomes;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * What must hold of any single event of one catalog. Keeps its intake from event to event, as the job does: so what one event leaves in
 * a buffer shows in the next.
 */
final class EventCheck {
    /** 2026-11-01T12:00:00Z: nothing of the sources is in its future. */
    private static final long ARRIVAL_MILLIS = 1_793_534_400_000L;

    private static final int GREATEST_DETAIL_BYTES = 1024;

    private final Envelope envelope;
    private final Oracle oracle;
    /** Whether an event that is decoded has one reading always. */
    private final boolean oneReading;

    private final Intake intake;
    private final CoreRun run;

    EventCheck(WeirConfig config) {
        this.envelope = new Envelope(config);
        this.oracle = new Oracle(config);
        this.oneReading = config.catalog().unknownMetric() != Catalog.UnknownMetric.IGNORE
                && config.catalog().inputs().stream()
                        .noneMatch(input -> input.wide()
                                || input.payload().hasItems()
                                || input.csv() != null && input.csv().skip() != null);
        this.intake = new Intake(
                config.catalog(),
                config.time().earliest().toEpochMilli() * 1_000,
                config.time().futureSkew().dividedBy(ChronoUnit.MICROS.getDuration()),
                Decoder::of);
        this.run = new CoreRun(config);
    }

    /**
     * Throws an AssertionError, or what the decoder threw, unless the event yields one reject of its own or readings and rejects of
     * readings, and those are the oracle's.
     */
    void check(byte[] bytes) {
        Event event = envelope.event(bytes, ARRIVAL_MILLIS);
        Intake.Result result = intake.process(event);
        List<Reject> rejects = new ArrayList<>(result.rejects());
        require(result.slots() == result.readings().size() + result.rejects().size(), "a slot without a verdict");
        if (result.eventReject() != null) {
            require(result.slots() == 0, "a rejected event with a reading");
            rejects.add(result.eventReject());
        } else if (oneReading) {
            require(result.slots() == 1, "a long event is one reading");
        }
        rejects.forEach(EventCheck::checkDetail);
        Outcomes.assertEqual(oracle.judge(List.of(event)), run.alone(event));
    }

    private static void checkDetail(Reject reject) {
        int bytes = reject.detail().getBytes(StandardCharsets.UTF_8).length;
        require(bytes <= GREATEST_DETAIL_BYTES, "a detail of " + bytes + " bytes");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
