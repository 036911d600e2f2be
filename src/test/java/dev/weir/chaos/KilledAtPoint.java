package dev.weir.chaos;

import static org.awaitility.Awaitility.await;

import com.sun.jdi.VMDisconnectedException;
import dev.weir.testing.FlinkProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code kill -9} of the TaskManager that first gets to a named point, just there; then it is started again. */
final class KilledAtPoint implements Disaster {
    private static final Duration DEBUGGABLE_WITHIN = Duration.ofMinutes(2);
    private static final Duration HIT_WITHIN = Duration.ofMinutes(3);
    private static final Duration ATTACHED_WITHIN = Duration.ofSeconds(30);
    private static final Duration TURN = Duration.ofMillis(20);

    private final NamedPoint point;

    KilledAtPoint(NamedPoint point) {
        this.point = point;
    }

    @Override
    public String name() {
        return "kill -9 TaskManager at: " + point.title();
    }

    @Override
    public String strike(ChaosCluster cluster) throws Exception {
        makeDebuggable(cluster);
        Map<FlinkProcess, Breakpoint> breakpoints = new LinkedHashMap<>();
        try {
            for (FlinkProcess process : cluster.flink().taskManagers()) {
                breakpoints.put(process, attach(process));
            }
            FlinkProcess hit = point.afterRestart() ? hitAfterRestart(breakpoints) : hit(breakpoints);
            if (hit == null) {
                throw new IllegalStateException("not hit: " + point.where() + " in " + HIT_WITHIN + ", in any of "
                        + breakpoints.size() + " TaskManagers");
            }
            long pid = hit.pid();
            hit.kill();
            hit.start(DebugAgent.argument());
            return "breakpoint %s hit in %s, pid %d, killed there".formatted(point.where(), hit.name(), pid);
        } finally {
            breakpoints.values().forEach(Breakpoint::close);
        }
    }

    /** Restarts the job by killing one TaskManager after the other, until it gets there: which of them it runs in is not known. */
    private FlinkProcess hitAfterRestart(Map<FlinkProcess, Breakpoint> breakpoints) throws Exception {
        for (FlinkProcess victim : breakpoints.keySet()) {
            victim.kill();
            breakpoints.get(victim).close();
            victim.start(DebugAgent.argument());
            breakpoints.put(victim, attach(victim));
            FlinkProcess hit = hit(breakpoints);
            if (hit != null) {
                return hit;
            }
        }
        return null;
    }

    /** The first one in which a breakpoint is hit, or null. */
    private static FlinkProcess hit(Map<FlinkProcess, Breakpoint> breakpoints) throws InterruptedException {
        for (long end = System.nanoTime() + HIT_WITHIN.toNanos(); System.nanoTime() < end; ) {
            for (Map.Entry<FlinkProcess, Breakpoint> one : breakpoints.entrySet()) {
                try {
                    if (one.getValue().awaitHit(TURN)) {
                        return one.getKey();
                    }
                } catch (VMDisconnectedException e) {
                    throw new IllegalStateException(one.getKey().name() + " has ended by itself", e);
                }
            }
        }
        return null;
    }

    private Breakpoint attach(FlinkProcess process) throws IOException {
        int port = DebugAgent.port(process.pid()).orElseThrow();
        return await().atMost(ATTACHED_WITHIN)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(
                        () -> Breakpoint.set(port, point.className(), point.method(), point.atEnd()),
                        breakpoint -> true);
    }

    /** Every TaskManager has an agent, if need be after a life without, and the job goes on. */
    private static void makeDebuggable(ChaosCluster cluster) throws IOException {
        long before = cluster.job().lastCheckpoint().orElse(-1);
        boolean all = true;
        for (FlinkProcess process : cluster.flink().taskManagers()) {
            if (DebugAgent.port(process.pid()).isEmpty()) {
                all = false;
                process.kill();
                process.start(DebugAgent.argument());
            }
        }
        if (!all) {
            await("a checkpoint after the TaskManagers were started with a debug agent")
                    .atMost(DEBUGGABLE_WITHIN)
                    .until(() -> cluster.job().lastCheckpoint().orElse(-1) > before);
        }
    }
}
