package dev.weir.chaos;

import dev.weir.testing.KafkaProcess;

/** The broker is killed and comes back. */
final class KafkaKilled implements Disaster {
    @Override
    public String name() {
        return "kill -9 broker";
    }

    @Override
    public String strike(ChaosCluster cluster) {
        KafkaProcess broker = cluster.kafka().process();
        long killed = broker.pid();
        broker.kill();
        broker.start();
        return "pid " + killed + " killed, back as " + broker.pid();
    }
}
