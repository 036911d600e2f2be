package dev.weir.sink.postgres;

import dev.weir.metrics.SinkMetrics;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.metrics.MetricGroup;

/**
 * Measures the batches of the connector's sink. The connector has no hook for that, so this class wraps its connection and measures {@code
 * executeBatch} of its statements. Thread-safe, because the connector also sends batches from a thread of its own.
 */
final class BatchMetrics {
    /** Approximate memory of a row. {@code pendingBytes} is an estimate here, because the connector does not report it. */
    static final long ROW_BYTES = 400;

    private final SinkMetrics metrics;
    private final ExpiredRows expired = new ExpiredRows();
    private final AtomicLong pendingRows = new AtomicLong();

    BatchMetrics(MetricGroup group, SinkMetrics metrics) {
        this.metrics = metrics;
        expired.registerIn(group);
        SinkMetrics.pendingBytes(group, () -> Math.max(0, pendingRows.get()) * ROW_BYTES);
    }

    /** Counts a row that waits to be written. */
    void added() {
        pendingRows.incrementAndGet();
    }

    /** Records that every row is written. */
    void flushed() {
        // If a batch failed after part of it was sent, that part was sent and counted twice.
        pendingRows.set(0);
        metrics.caughtUp();
    }

    /** Returns the connection, wrapped so that the batches of its prepared statements are measured. */
    Connection measured(Connection connection) {
        return proxy(Connection.class, (method, arguments) -> {
            Object result = call(connection, method, arguments);
            return result instanceof PreparedStatement statement ? measured(statement) : result;
        });
    }

    /** A statement whose batch can leave out a row, although the connector calls {@code addBatch} for each bound row. */
    interface Discarding extends PreparedStatement {
        /** Makes the next {@code addBatch} add nothing, because the partition of the row's year is detached. */
        void discardNext(int year);
    }

    private PreparedStatement measured(PreparedStatement statement) {
        AtomicBoolean discards = new AtomicBoolean();
        return proxy(Discarding.class, (method, arguments) -> {
            if (method.getName().equals("discardNext")) {
                discards.set(true);
                pendingRows.decrementAndGet();
                expired.discarded((int) arguments[0], 1);
                return null;
            }
            if (method.getName().equals("addBatch") && discards.getAndSet(false)) {
                return null;
            }
            if (!method.getName().equals("executeBatch")) {
                return call(statement, method, arguments);
            }
            long begin = System.nanoTime();
            try {
                int[] counts = statement.executeBatch();
                pendingRows.addAndGet(-counts.length);
                metrics.committed(counts.length, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
                metrics.caughtUp();
                return counts;
            } catch (Exception e) {
                metrics.retried();
                throw e;
            }
        });
    }

    private interface Call {
        Object on(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> call.on(method, arguments)));
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
