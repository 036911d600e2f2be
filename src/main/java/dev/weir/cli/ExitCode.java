package dev.weir.cli;

/** Lists the exit codes of the process, which are part of the public interface. */
public final class ExitCode {
    public static final int FINISHED = 0;
    /**
     * Nothing was started. There is a mistake on the command line, in the options or in the catalog, or Kafka or
     * PostgreSQL refuses or is away. After {@code check} and {@code doctor} it means that the job would not start.
     * After {@code stop} it means that there is no job to stop.
     */
    public static final int NOT_STARTED = 1;

    public static final int JOB_FAILED = 2;

    /**
     * The run has finished and everything is committed, but a larger share of its input was rejected than {@code
     * --fail-on-rejects} allows.
     */
    public static final int REJECTS = 3;

    private ExitCode() {}
}
