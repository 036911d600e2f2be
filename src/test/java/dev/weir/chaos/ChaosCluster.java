package dev.weir.chaos;

import dev.weir.testing.FlinkProcesses;
import dev.weir.testing.FreezingProxy;
import dev.weir.testing.KafkaBroker;
import dev.weir.testing.LakeDisk;
import dev.weir.testing.PostgresServer;
import java.nio.file.Path;
import java.util.Random;

/** What a {@link Disaster} may lay hands on: the parts of one run, all on the loopback. */
interface ChaosCluster {
    FlinkProcesses flink();

    PostgresServer postgres();

    /** Between the job and {@link #postgres}; the tests themselves go past it. */
    FreezingProxy toPostgres();

    /** JDBC URL of the job's database. */
    String database();

    KafkaBroker kafka();

    /** {@code weir.lake.path}. */
    Path lake();

    /** Holds the lake and nothing else. */
    LakeDisk disk();

    ChaosJob job();

    /** Seeded: the only source of chance for a disaster. */
    Random random();
}
