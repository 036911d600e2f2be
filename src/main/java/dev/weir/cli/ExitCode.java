package dev.weir.cli;

/** What the process ends with: part of the public interface. */
public final class ExitCode {
    public static final int FINISHED = 0;
    /**
     * Nothing was started: a mistake on the command line, in options or catalog, or Kafka or PostgreSQL refuse or are
     * away. Of {@code check} and {@code doctor}: the job would not start so. Of {@code stop}: there is no job to stop.
     */
    public static final int NOT_STARTED = 1;

    public static final int JOB_FAILED = 2;

    /** The run is finished and all is committed, but a larger share of its input was rejected than {@code --fail-on-rejects} allows. */
    public static final int REJECTS = 3;

    private ExitCode() {}
}
