package dev.weir.books;

import org.apache.flink.api.common.accumulators.Accumulator;

/**
 * Carries the newest {@link RunReport} of the books to the job's client: with each heartbeat while the job runs, and
 * with its result. The task sets it while another thread reads it.
 */
public final class LatestReport implements Accumulator<RunReport, RunReport> {
    /** The name of this accumulator in the job. */
    public static final String NAME = "weir";

    private static final long serialVersionUID = 1L;

    private volatile RunReport latest;

    @Override
    public void add(RunReport report) {
        latest = report;
    }

    /** Returns the newest report; null before the first. */
    @Override
    public RunReport getLocalValue() {
        return latest;
    }

    @Override
    public void resetLocal() {
        latest = null;
    }

    @Override
    public void merge(Accumulator<RunReport, RunReport> other) {
        if (other.getLocalValue() != null) {
            latest = other.getLocalValue();
        }
    }

    @Override
    public LatestReport clone() {
        LatestReport copy = new LatestReport();
        copy.latest = latest;
        return copy;
    }
}
