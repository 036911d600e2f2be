package dev.weir.sink.postgres;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.flink.util.clock.Clock;
import org.apache.flink.util.clock.ManualClock;

/** Time that passes when a test says so: a pause is noted and takes a millisecond. */
final class FakeTime implements CommitSettings.Time {
    private static final long serialVersionUID = 1L;

    final transient ManualClock clock = new ManualClock();
    final transient List<Duration> pauses = new CopyOnWriteArrayList<>();

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public boolean pause(Duration duration, CountDownLatch closing) throws InterruptedException {
        pauses.add(duration);
        return !closing.await(1, TimeUnit.MILLISECONDS);
    }
}
