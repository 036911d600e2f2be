package dev.weir.core;

import dev.weir.config.WeirConfig;
import dev.weir.core.check.Intake;
import dev.weir.core.decode.Decoder;
import dev.weir.core.model.Event;
import dev.weir.core.model.Origin;
import dev.weir.core.model.Reject;
import dev.weir.testing.generate.TestConfigs;
import dev.weir.testing.oracle.Oracle;
import dev.weir.testing.oracle.Outcome;
import dev.weir.testing.oracle.Rejected;
import dev.weir.testing.outputs.Outcomes;
import dev.weir.testing.outputs.Rows;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What must hold of any single event of one catalog. Keeps its intake from event to event, as the job does: so what one event leaves in
 * a buffer shows in the next.
 */
final class EventCheck {
    /** 2026-11-01T12:00:00Z: nothing of the sources is in its future. */
    private static final long ARRIVAL_MILLIS = 1_793_534_400_000L;

    private static final int GREATEST_DETAIL_BYTES = 1024;

    private final WeirConfig config;
    private final Oracle oracle;
    private final Intake intake;

    EventCheck(WeirConfig config) {
        this.config = config;
        this.oracle = new Oracle(config);
        this.intake = new Intake(
                config.catalog(),
                config.time().earliest().toEpochMilli() * 1_000,
                config.time().futureSkew().dividedBy(ChronoUnit.MICROS.getDuration()),
                Decoder::of);
    }

    /**
     * Throws an AssertionError, or what the decoder threw, unless the event yields one reject of its own or readings and rejects of
     * readings, and those are the oracle's.
     */
    void check(byte[] value) {
        Event event = new Event(new Origin(TestConfigs.TOPIC, 0, 0, ARRIVAL_MILLIS), null, value);
        Intake.Result result = intake.process(event);
        List<Reject> rejects = new ArrayList<>(result.rejects());
        require(result.slots() == result.readings().size() + result.rejects().size(), "a slot without a verdict");
        if (result.eventReject() != null) {
            require(result.slots() == 0, "a rejected event with a reading");
            rejects.add(result.eventReject());
        } else if (!config.catalog().inputs().get(0).wide()) {
            require(result.slots() == 1, "a long event is one reading");
        }
        rejects.forEach(EventCheck::checkDetail);
        Outcome expected = oracle.judge(List.of(event));
        Outcomes.assertEqual(
                new Outcome(expected.readings(), List.of(), expected.rejects(), Map.of()),
                new Outcome(
                        result.readings().stream().map(Rows::accepted).toList(),
                        List.of(),
                        rejects.stream()
                                .map(reject ->
                                        new Rejected(event.origin(), reject.reason(), reject.detail(), reject.metric()))
                                .toList(),
                        Map.of()));
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
