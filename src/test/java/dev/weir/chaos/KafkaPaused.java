package dev.weir.chaos;

import dev.weir.testing.KafkaProcess;
import dev.weir.testing.Signals;
import java.time.Duration;

/** The broker stands still for some time: connections are accepted, and nothing is answered. */
final class KafkaPaused implements Disaster {
    private final Duration outage;

    KafkaPaused(Duration outage) {
        this.outage = outage;
    }

    @Override
    public String name() {
        return "SIGSTOP broker for " + outage.toSeconds() + " s";
    }

    @Override
    public String strike(ChaosCluster cluster) throws InterruptedException {
        KafkaProcess broker = cluster.kafka().process();
        Signals.pause(broker.pid());
        try {
            Pause.of(outage);
        } finally {
            Signals.resume(broker.pid());
        }
        return "pid " + broker.pid() + " stood still for " + outage.toSeconds() + " s";
    }
}
