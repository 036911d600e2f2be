package dev.weir.sink.postgres;

import dev.weir.core.model.Aggregate;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Creates the commit operator on a TaskManager, with its settings and the mailbox of its task. */
final class PostgresCommitOperatorFactory extends AbstractStreamOperatorFactory<Void>
        implements OneInputStreamOperatorFactory<Aggregate, Void> {
    private static final long serialVersionUID = 1L;

    private final String pipeline;
    private final CommitSettings settings;
    private final BatchCommitter.Factory committers;

    PostgresCommitOperatorFactory(String pipeline, CommitSettings settings, BatchCommitter.Factory committers) {
        this.pipeline = pipeline;
        this.settings = settings;
        this.committers = committers;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T extends StreamOperator<Void>> T createStreamOperator(StreamOperatorParameters<Void> parameters) {
        return (T) new PostgresCommitOperator(parameters, pipeline, settings, committers);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return PostgresCommitOperator.class;
    }
}
