package dev.weir.chaos;

import dev.weir.testing.KafkaProcess;
import java.time.Duration;

/** The broker refuses connections for some time, after an orderly end. */
final class KafkaDown implements Disaster {
    private final Duration outage;

    KafkaDown(Duration outage) {
        this.outage = outage;
    }

    @Override
    public String name() {
        return "broker down for " + outage.toSeconds() + " s";
    }

    @Override
    public String strike(ChaosCluster cluster) throws InterruptedException {
        JobLog noticed = JobLog.of(cluster, "could not be established. Node may not be available|disconnected");
        KafkaProcess broker = cluster.kafka().process();
        broker.stop();
        try {
            Pause.of(outage);
            noticed.awaitOne();
        } finally {
            broker.start();
        }
        return noticed.lines() + " lines about it in the job's log";
    }
}
