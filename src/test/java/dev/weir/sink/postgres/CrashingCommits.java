package dev.weir.sink.postgres;

import dev.weir.output.Output;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Places a crash of the task around the commits of the real operator: in the job's first attempt, as long as nothing was restored. */
public final class CrashingCommits {
    /** What the server says to a statement whose backend is terminated, and what the driver says where that statement is a COPY. */
    private static final Set<String> TERMINATED = Set.of("57P01", "08006");

    private CrashingCommits() {}

    /** The task crashes after the database has committed and before the operator hears of it. */
    public static Output afterCommit(Output output) {
        return around(
                output,
                real -> restored -> new Crashing(real.create(restored), restored) {
                    @Override
                    void committed() {
                        throw new IllegalStateException("the planned crash, after the database's commit");
                    }

                    @Override
                    void failed(TransientCommitException e) {}
                });
    }

    /** The task crashes with its backend, when the server terminates that in the middle of a transaction. */
    public static Output withItsBackend(Output output) {
        return around(
                output,
                real -> restored -> new Crashing(real.create(restored), restored) {
                    @Override
                    void committed() {}

                    @Override
                    void failed(TransientCommitException e) {
                        if (TERMINATED.contains(((SQLException) e.getCause()).getSQLState())) {
                            throw new IllegalStateException("the planned crash, in the middle of a transaction", e);
                        }
                    }
                });
    }

    private static Output around(Output output, UnaryOperator<BatchCommitter.Factory> wrapping) {
        return output instanceof PostgresOutput postgres ? postgres.around(wrapping) : output;
    }

    private abstract static class Crashing implements BatchCommitter {
        private final BatchCommitter real;
        private final boolean restored;

        Crashing(BatchCommitter real, boolean restored) {
            this.real = real;
            this.restored = restored;
        }

        abstract void committed();

        abstract void failed(TransientCommitException e);

        @Override
        public long commit(PendingBatches.Work work) throws TransientCommitException, IOException {
            try {
                long rows = real.commit(work);
                if (!restored) {
                    committed();
                }
                return rows;
            } catch (TransientCommitException e) {
                if (!restored) {
                    failed(e);
                }
                throw e;
            }
        }

        @Override
        public void abort() {
            real.abort();
        }
    }
}
