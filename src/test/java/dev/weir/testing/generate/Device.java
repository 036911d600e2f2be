package dev.weir.testing.generate;

import dev.weir.config.WeirConfig;
import dev.weir.core.catalog.Metric;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** One simulated sensor: smooth signals at an uneven cadence, with faults. All times are epoch milliseconds. */
final class Device {
    private static final Instant BEGIN = Instant.parse("2026-03-01T00:00:00Z");
    /** How many of the last messages may be sent again. */
    private static final int RESENT_FROM = 10;

    private static final long MINUTE = Duration.ofMinutes(1).toMillis();

    private final WeirConfig config;
    private final Random random;
    private final Spoiler spoiler;
    private final String sensor;
    private final List<String> metrics;
    private final List<Message> sent = new ArrayList<>();
    /** Messages on their way, with how many overtake them yet. In order, for a seed must mean one stream. */
    private final Map<Message, Integer> held = new LinkedHashMap<>();

    private final Map<String, Long> clocks = new HashMap<>();
    private final Map<String, Double> frozen = new HashMap<>();
    private final boolean wide;
    private Object site;

    /** When the network takes what is sent. */
    private long wall;
    /** What the device's clock is ahead of the wall. */
    private long ahead;

    Device(WeirConfig config, Random random, int number) {
        this.config = config;
        this.random = random;
        this.sensor = "sensor-" + number;
        this.spoiler = new Spoiler(random, config, number);
        this.wide = TestConfigs.inputOf(config, number).wide();
        this.metrics = List.copyOf(config.catalog().metrics().keySet());
        this.site = random.nextInt(4) == 0 ? Message.ABSENT : "hall " + random.nextInt(3);
        this.wall = BEGIN.toEpochMilli() + random.nextInt(3_600_000);
    }

    /** At least so many messages, in the order in which they reach the network. */
    List<Message> messages(int atLeast, double faultRate, List<Fault> faults) {
        while (sent.size() < atLeast) {
            String metric = metrics.get(random.nextInt(metrics.size()));
            if (!faults.isEmpty() && random.nextDouble() < faultRate) {
                faulty(faults.get(random.nextInt(faults.size())), metric);
            } else {
                send(measure(metric, tick()));
            }
        }
        held.keySet().forEach(this::deliver);
        held.clear();
        return sent;
    }

    /** At least so many further messages, after all those before; for streams that need not fit into memory. */
    List<Message> more(int atLeast, double faultRate, List<Fault> faults) {
        // What may be sent again.
        List<Message> last = List.copyOf(sent.subList(Math.max(0, sent.size() - RESENT_FROM), sent.size()));
        sent.clear();
        sent.addAll(last);
        return List.copyOf(messages(last.size() + atLeast, faultRate, faults).subList(last.size(), sent.size()));
    }

    private void faulty(Fault fault, String metric) {
        switch (fault) {
            case DISORDER -> held.put(measure(metric, tick()), 1 + random.nextInt(5));
            case LATE -> send(measure(metric, floor(metric) - 1 - random.nextInt(3_600_000)));
            case AT_FLOOR -> send(measure(metric, floor(metric) - random.nextInt(2)));
            case DUPLICATE -> resend(false);
            case OTHER_VALUE -> resend(true);
            case STUCK -> stuck(metric);
            case BURST -> repeat(10 + random.nextInt(40), 2, metric);
            case FUTURE, AT_SKEW -> ahead(metric, fault == Fault.FUTURE ? 1 : 0);
            case ANCIENT -> send(measure(metric, config.time().earliest().toEpochMilli() - 1 - random.nextInt(1_000)));
            case JUMP_AHEAD ->
                wall += (long)
                        (Math.pow(random.nextDouble(), 3) * Duration.ofDays(3).toMillis());
            case JUMP_BACK -> ahead -= random.nextInt((int) (20 * MINUTE));
            case BACKLOG -> backlog(metric, false);
            case LIVE_BEFORE_BACKLOG -> backlog(metric, true);
            case OTHER_SITE -> site = "hall " + random.nextInt(3);
            default -> {
                Message message = measure(metric, tick());
                spoiler.spoil(message, fault, metric);
                send(message);
            }
        }
    }

    /** The device's time after the next pause. */
    private long tick() {
        wall += 500 + random.nextInt(15_000);
        return wall + ahead;
    }

    private long floor(String metric) {
        Duration own = config.catalog().metrics().get(metric).lateness();
        long lateness = (own == null ? config.time().lateness() : own).toMillis();
        return clocks.getOrDefault(metric, wall + ahead) - lateness;
    }

    private Message measure(String metric, long time) {
        Message message = new Message();
        message.sensor = sensor;
        message.site = site;
        message.time = time;
        for (String one : wide ? metrics : List.of(metric)) {
            message.values.put(one, frozen.getOrDefault(one, signal(one, time)));
        }
        if (!wide) {
            message.metric = metric;
            String unit = config.catalog().metrics().get(metric).unit();
            message.unit = random.nextInt(3) == 0 ? unit : random.nextBoolean() ? null : Message.ABSENT;
        }
        return message;
    }

    /** A wave of an hour within the range, below every max-rate of {@link TestConfigs}, with a little noise. */
    private double signal(String metric, long time) {
        Metric limits = config.catalog().metrics().get(metric);
        boolean bounded = Double.isFinite(limits.min()) && Double.isFinite(limits.max());
        double middle = bounded ? (limits.min() + limits.max()) / 2 : 3;
        double width = bounded ? limits.max() - limits.min() : 1;
        return middle + width * (0.02 * Math.sin(time * 2 * Math.PI / (60 * MINUTE)) + 1e-6 * random.nextGaussian());
    }

    private void send(Message message) {
        deliver(message);
        for (Iterator<Map.Entry<Message, Integer>> i = held.entrySet().iterator(); i.hasNext(); ) {
            Map.Entry<Message, Integer> waiting = i.next();
            waiting.setValue(waiting.getValue() - 1);
            if (waiting.getValue() == 0) {
                deliver(waiting.getKey());
                i.remove();
            }
        }
    }

    private void deliver(Message message) {
        message.arrivalMillis = wall + random.nextInt(400);
        add(message);
    }

    private void add(Message message) {
        sent.add(message);
        if (message.time instanceof Long time) {
            message.values.keySet().forEach(metric -> clocks.merge(metric, time, Math::max));
        }
    }

    private void resend(boolean otherValue) {
        if (sent.isEmpty()) {
            return;
        }
        Message again = sent.get(Math.max(0, sent.size() - 1 - random.nextInt(RESENT_FROM)))
                .copy();
        if (otherValue) {
            again.values.replaceAll((metric, value) -> value instanceof Double d ? (Object) (d + 0.25) : value);
        }
        send(again);
    }

    /** Steps of a quarter of stuck-after: the fifth reading is stuck for exactly that long. */
    private void stuck(String metric) {
        Duration after = config.catalog().metrics().get(metric).stuckAfter();
        if (after != null) {
            frozen.put(metric, signal(metric, wall));
            repeat(8, after.toMillis() / 4, metric);
            frozen.remove(metric);
        }
    }

    private void repeat(int times, long step, String metric) {
        for (int i = 0; i < times; i++) {
            wall += step;
            send(measure(metric, wall + ahead));
        }
    }

    private void ahead(String metric, long millisBeyond) {
        wall += 1_000;
        Message message = measure(metric, wall + config.time().futureSkew().toMillis() + millisBeyond);
        message.arrivalMillis = wall;
        add(message);
    }

    private void backlog(String metric, boolean liveFirst) {
        List<Message> stored = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            wall += MINUTE;
            stored.add(measure(metric, tick()));
        }
        if (liveFirst) {
            send(measure(metric, tick()));
        }
        stored.forEach(this::send);
    }
}
