package dev.weir.chaos;

import dev.weir.testing.LakeDisk;
import java.time.Duration;

/** The lake's disk is full for some time. */
final class LakeFull implements Disaster {
    private final Duration outage;

    LakeFull(Duration outage) {
        this.outage = outage;
    }

    @Override
    public String name() {
        return "lake's disk full for " + outage.toSeconds() + " s";
    }

    @Override
    public String strike(ChaosCluster cluster) throws Exception {
        LakeDisk disk = cluster.disk();
        if (!disk.canBeFull()) {
            return "LEFT OUT, no file system could be mounted for it: " + disk.whyNot();
        }
        JobLog failed = JobLog.of(cluster, "No space left on device");
        long used = disk.fill();
        try {
            failed.awaitOne();
            Pause.of(outage);
        } finally {
            disk.free();
        }
        return "full with %d bytes, %d times \"No space left on device\" in the job's log"
                .formatted(used, failed.lines());
    }
}
