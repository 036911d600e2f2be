package dev.weir.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class AttemptsTest {
    private final List<String> warned = new ArrayList<>();
    private final List<String> informed = new ArrayList<>();
    private final Attempts attempts = new Attempts(warned::add, informed::add, Backoff.DOUBLING);

    @Test
    void logsOnlyTheFailures1And2And4And8() {
        for (int i = 0; i < 15; i++) {
            attempts.failed("away");
        }
        assertThat(warned).containsExactly("away; attempt 1", "away; attempt 2", "away; attempt 4", "away; attempt 8");
    }

    @Test
    void waitsLongerWithEachFailureUntilSomethingIsDone() {
        assertThat(attempts.failed("away")).hasMillis(100);
        assertThat(attempts.failed("away")).hasMillis(200);
        attempts.progressed();
        assertThat(attempts.failed("away")).hasMillis(100);
        assertThat(attempts.failed("away")).hasMillis(200);
        attempts.succeeded("back");
        assertThat(attempts.failed("away")).hasMillis(100);
        assertThat(warned).as("progress is no success").endsWith("away; attempt 4", "away; attempt 1");
    }

    @Test
    void logsASuccessOnlyAfterFailuresAndOnce() {
        attempts.succeeded("back");
        attempts.failed("away");
        attempts.failed("away");
        attempts.failed("away");
        attempts.succeeded("back");
        attempts.succeeded("back");
        assertThat(informed).containsExactly("back after 3 failed attempts");
    }

    @Test
    void aPauseEndsAtOnceWhenTheWorkIsToStop() throws InterruptedException {
        CountDownLatch closing = new CountDownLatch(1);
        closing.countDown();
        assertThat(Pause.WALL.pause(Backoff.DOUBLING.greatest(), closing)).isFalse();
    }
}
