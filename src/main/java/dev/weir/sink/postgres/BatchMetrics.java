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
 * Measures the batches of the connector's sink where they happen, which it gives no other way to: at {@code executeBatch} of the
 * statements of its connection. Any thread may call; the connector sends batches from one of its own, too.
 */
final class BatchMetrics {
    /** About what a row takes in memory; pendingBytes is an estimate here, for the connector does not say. */
    static final long ROW_BYTES = 400;

    private final SinkMetrics metrics;
    private final ExpiredRows expired = new ExpiredRows();
    private final AtomicLong pendingRows = new AtomicLong();

    BatchMetrics(MetricGroup group, SinkMetrics metrics) {
        this.metrics = metrics;
        expired.registerIn(group);
        SinkMetrics.pendingBytes(group, () -> Math.max(0, pendingRows.get()) * ROW_BYTES);
    }

    /** A row waits. */
    void added() {
        pendingRows.incrementAndGet();
    }

    /** Every row is written. */
    void flushed() {
        // After a batch that failed when a part of it had been sent, that part was sent and counted twice.
        pendingRows.set(0);
        metrics.caughtUp();
    }

    /** The same connection; the batches of its prepared statements are measured. */
    Connection measured(Connection connection) {
        return proxy(Connection.class, (method, arguments) -> {
            Object result = call(connection, method, arguments);
            return result instanceof PreparedStatement statement ? measured(statement) : result;
        });
    }

    /** A statement whose batch can leave a row out, although the connector adds one for each that was bound. */
    interface Discarding extends PreparedStatement {
        /** The next {@code addBatch} adds nothing: the row's year has no place for it. */
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
