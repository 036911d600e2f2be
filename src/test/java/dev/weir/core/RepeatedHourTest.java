package dev.weir.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.WeirConfig;
import dev.weir.core.catalog.Input;
import dev.weir.core.catalog.Input.Overlap;
import dev.weir.core.model.Event;
import dev.weir.core.model.Origin;
import dev.weir.testing.generate.TestConfigs;
import dev.weir.testing.oracle.Accepted;
import dev.weir.testing.oracle.Oracle;
import dev.weir.testing.oracle.Outcome;
import dev.weir.testing.oracle.Rejected;
import dev.weir.testing.outputs.Outcomes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** In Berlin on 25 October 2026, 03:00 +02:00 became 02:00 +01:00: each local time from 02:00 to 02:59 comes twice. */
class RepeatedHourTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final DateTimeFormatter WRITTEN = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    /** 01:30 +02:00. */
    private static final Instant BEGIN = Instant.parse("2026-10-24T23:30:00Z");

    private static final int STEP_MINUTES = 10;
    /** Until 03:30 +01:00. */
    private static final int STEPS = 18;

    /** A logger that writes local time and nothing of the zone, live: every ten minutes once through both passes. */
    private static List<Event> live() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            Instant time = BEGIN.plusSeconds(60L * STEP_MINUTES * i);
            events.add(event(events.size(), time, time.toEpochMilli() + 500, "s"));
        }
        return events;
    }

    private static Event event(int offset, Instant time, long recordMillis, String sensor) {
        String row = sensor + "," + WRITTEN.format(time.atZone(BERLIN)) + ",temperature," + (20 + offset % 7) + ".5";
        return new Event(
                new Origin(TestConfigs.TOPIC, 0, offset, recordMillis), null, row.getBytes(StandardCharsets.UTF_8));
    }

    private static WeirConfig config(Overlap overlap, String... formats) {
        Input base = TestConfigs.csvLong().catalog().inputs().get(0);
        Input.EventTime time = Input.EventTime.named(
                List.of("ts"), formats.length == 0 ? List.of("iso-8601") : List.of(formats), BERLIN.getId(), overlap);
        Input input = Input.flat(
                base.format(),
                new Input.Fields(base.sensorId(), time, base.metric(), base.value(), base.unit(), base.site()),
                Map.of(),
                base.csv(),
                base.nullValues(),
                false);
        return TestConfigs.withInput(TestConfigs.csvLong(), input);
    }

    private static List<Instant> accepted(Overlap overlap, List<Event> events) {
        WeirConfig config = config(overlap);
        Outcome outcome = CoreRun.of(config, events);
        Outcomes.assertEqual(new Oracle(config).judge(events), outcome);
        return outcome.readings().stream()
                .map(Accepted::eventTimeMicros)
                .sorted()
                .map(micros -> Instant.ofEpochMilli(micros / 1_000))
                .toList();
    }

    @Test
    void advanceKeepsBothPassesOfTheHour() {
        List<Instant> sent = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            sent.add(BEGIN.plusSeconds(60L * STEP_MINUTES * i));
        }
        assertThat(accepted(Overlap.ADVANCE, live())).isEqualTo(sent);
    }

    @Test
    void earlierLosesTheSecondPassAndLaterTheFirst() {
        // six readings of the second pass have the event times of the first
        assertThat(accepted(Overlap.EARLIER, live()))
                .hasSize(STEPS - 6)
                .contains(Instant.parse("2026-10-25T00:30:00Z"));
        assertThat(accepted(Overlap.LATER, live())).hasSize(STEPS - 6).contains(Instant.parse("2026-10-25T01:30:00Z"));
        assertThat(accepted(Overlap.EARLIER, live())).doesNotContain(Instant.parse("2026-10-25T01:30:00Z"));
        assertThat(accepted(Overlap.LATER, live())).doesNotContain(Instant.parse("2026-10-25T00:30:00Z"));
    }

    @Test
    void advanceTakesNoReadingForOneOfTheFuture() {
        // 02:30 +02:00 is sent twice within a second: the second instant of 02:30 is an hour ahead
        Instant first = Instant.parse("2026-10-25T00:30:00Z");
        List<Event> events =
                List.of(event(0, first, first.toEpochMilli(), "s"), event(1, first, first.toEpochMilli() + 900, "s"));
        Outcome outcome = CoreRun.of(config(Overlap.ADVANCE), events);
        Outcomes.assertEqual(new Oracle(config(Overlap.ADVANCE)).judge(events), outcome);
        assertThat(outcome.readings()).hasSize(1);
        assertThat(outcome.rejects())
                .extracting(Rejected::reason)
                .map(Enum::name)
                .containsExactly("DUPLICATE");
    }

    /** Five minutes ahead of the record's timestamp is allowed, a millisecond more is the future. */
    @Test
    void advanceTakesTheSecondInstantUpToTheAllowedSkew() {
        Instant first = Instant.parse("2026-10-25T00:30:00Z");
        long allowed = first.plusSeconds(3_600).toEpochMilli()
                - config(Overlap.ADVANCE).time().futureSkew().toMillis();
        Event sent = event(0, first, first.toEpochMilli(), "s");
        assertThat(accepted(Overlap.ADVANCE, List.of(sent, event(1, first, allowed, "s"))))
                .containsExactly(first, first.plusSeconds(3_600));
        assertThat(accepted(Overlap.ADVANCE, List.of(sent, event(1, first, allowed - 1, "s"))))
                .containsExactly(first);
    }

    @Test
    void advanceLeavesNoMarkInTheQuality() {
        assertThat(CoreRun.of(config(Overlap.ADVANCE), live()).readings())
                .hasSize(STEPS)
                .allMatch(reading -> reading.quality() == 0);
        List<Event> twice = new ArrayList<>(live());
        twice.addAll(live());
        assertThat(CoreRun.of(config(Overlap.ADVANCE), twice).readings()).allMatch(reading -> reading.quality() == 0);
    }

    @Test
    void advanceHoldsForAPatternToo() {
        WeirConfig config = config(Overlap.ADVANCE, "epoch-millis", "yyyy-MM-dd HH:mm");
        Outcome outcome = CoreRun.of(config, live());
        Outcomes.assertEqual(new Oracle(config).judge(live()), outcome);
        assertThat(outcome.readings()).hasSize(STEPS);
    }

    /** Two sensors, out of order, sent again, live or as a backlog: the oracle decides the same. */
    @Property(tries = 300)
    void decidesAsTheOracleDoes(@ForAll Random random) {
        List<Event> events = new ArrayList<>();
        boolean backlog = random.nextBoolean();
        for (int i = 0; i < 60; i++) {
            Instant time = BEGIN.plusSeconds((i * 3L + random.nextInt(20) - 10) * 60);
            long record = backlog ? BEGIN.plusSeconds(86_400).toEpochMilli() : time.toEpochMilli();
            events.add(event(i, time, record, random.nextBoolean() ? "a" : "b"));
        }
        for (Overlap overlap : Overlap.values()) {
            WeirConfig config = config(overlap);
            Outcomes.assertEqual(new Oracle(config).judge(events), CoreRun.of(config, events));
        }
    }

    @ParameterizedTest
    @EnumSource(Overlap.class)
    void readsTimesThatComeOnceAsEver(Overlap overlap) {
        Instant summer = Instant.parse("2026-07-01T10:00:00Z");
        List<Event> events = List.of(event(0, summer, summer.toEpochMilli(), "s"));
        assertThat(accepted(overlap, events)).containsExactly(summer);
    }
}
