package dev.weir.job;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.deployment.application.executors.EmbeddedExecutorServiceLoader;
import org.apache.flink.client.program.StreamContextEnvironment;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.messages.Acknowledge;
import org.apache.flink.runtime.rest.handler.legacy.utils.ArchivedExecutionGraphBuilder;
import org.apache.flink.runtime.webmonitor.TestingDispatcherGateway;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.concurrent.ScheduledExecutor;

/**
 * The environment in which Flink's application mode calls {@code main}. Flink 2.2 and 2.3 build it with other arguments, and the tests must
 * compile with both; so it is built here from what both have, and by reflection.
 */
final class ApplicationMode extends StreamExecutionEnvironment {
    private ApplicationMode() {}

    /**
     * Sets the environment of this thread.
     *
     * @param restored ids of the jobs that another JobManager started
     * @param asked gets the name of each request to the dispatcher that starts or follows a job
     */
    static void enter(Configuration configuration, List<JobID> restored, List<String> asked, ScheduledExecutor timer)
            throws ReflectiveOperationException {
        EmbeddedExecutorServiceLoader loader = loader(new ArrayList<>(restored), dispatcher(asked), timer);
        ClassLoader classes = ApplicationMode.class.getClassLoader();
        initializeContextEnvironment(
                unused -> new StreamContextEnvironment(loader, new Configuration(configuration), classes, true, true));
    }

    static void leave() {
        resetContextEnvironment();
    }

    /** The ids of restored jobs are the first argument in Flink 2.2, and the second of three collections in 2.3. */
    private static EmbeddedExecutorServiceLoader loader(
            Collection<JobID> restored, DispatcherGateway dispatcher, ScheduledExecutor timer)
            throws ReflectiveOperationException {
        Constructor<?> constructor = EmbeddedExecutorServiceLoader.class.getConstructors()[0];
        Object[] arguments = constructor.getParameterCount() == 3
                ? new Object[] {restored, dispatcher, timer}
                : new Object[] {new ArrayList<>(), restored, new ArrayList<>(), dispatcher, timer};
        return (EmbeddedExecutorServiceLoader) constructor.newInstance(arguments);
    }

    private static DispatcherGateway dispatcher(List<String> asked) throws ReflectiveOperationException {
        TestingDispatcherGateway.Builder builder = TestingDispatcherGateway.newBuilder();
        builder.setSubmitFunction(plan -> {
            asked.add("submission");
            return CompletableFuture.failedFuture(new IllegalStateException("no submission is expected"));
        });
        builder.setRequestJobStatusFunction(id -> CompletableFuture.completedFuture(JobStatus.FINISHED));
        builder.setRequestJobResultFunction(id -> {
            asked.add("result");
            return CompletableFuture.completedFuture(JobResult.createFrom(new ArchivedExecutionGraphBuilder()
                    .setJobID(id)
                    .setState(JobStatus.FINISHED)
                    .build()));
        });
        for (Method method : TestingDispatcherGateway.Builder.class.getMethods()) {
            if (method.getName().equals("setRecoverJobFunction")) { // from Flink 2.3 on
                Function<JobID, CompletableFuture<Acknowledge>> recover =
                        id -> CompletableFuture.completedFuture(Acknowledge.get());
                method.invoke(builder, recover);
            }
        }
        return builder.build();
    }
}
