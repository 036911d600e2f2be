package dev.weir.chaos;

import com.sun.jdi.AbsentInformationException;
import com.sun.jdi.Bootstrap;
import com.sun.jdi.Location;
import com.sun.jdi.Method;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.ClassPrepareRequest;
import com.sun.jdi.request.EventRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;

/**
 * A debugger's breakpoint in another JVM, in all copies of a class: those that are loaded, and those that other class loaders load later,
 * as each new attempt of a job does. Once hit the whole JVM stands still, until {@link #goOn} or the end of this.
 */
final class Breakpoint implements AutoCloseable {
    private final VirtualMachine vm;
    private final String className;
    private final String method;
    private final boolean atEnd;

    private Breakpoint(VirtualMachine vm, String className, String method, boolean atEnd) {
        this.vm = vm;
        this.className = className;
        this.method = method;
        this.atEnd = atEnd;
    }

    /**
     * The breakpoint is set in the JVM whose {@link DebugAgent} listens on the port of the loopback.
     *
     * @param atEnd at the last line of the method instead of its first
     * @throws IOException if nobody listens there
     */
    static Breakpoint set(int port, String className, String method, boolean atEnd) throws IOException {
        AttachingConnector connector = Bootstrap.virtualMachineManager().attachingConnectors().stream()
                .filter(one -> one.name().equals("com.sun.jdi.SocketAttach"))
                .findFirst()
                .orElseThrow();
        Map<String, Connector.Argument> arguments = connector.defaultArguments();
        arguments.get("hostname").setValue("127.0.0.1");
        arguments.get("port").setValue(Integer.toString(port));
        try {
            Breakpoint breakpoint = new Breakpoint(connector.attach(arguments), className, method, atEnd);
            breakpoint.set();
            return breakpoint;
        } catch (IllegalConnectorArgumentsException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Whether it was hit within the time.
     *
     * @throws VMDisconnectedException when the JVM has ended
     */
    boolean awaitHit(Duration within) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + within.toNanos();
        for (long left = within.toMillis(); left > 0; left = (deadlineNanos - System.nanoTime()) / 1_000_000) {
            EventSet events = vm.eventQueue().remove(left);
            if (events == null) {
                return false;
            }
            for (Event event : events) {
                if (event instanceof BreakpointEvent) {
                    return true;
                }
                if (event instanceof ClassPrepareEvent prepared) {
                    setIn(prepared.referenceType());
                }
            }
            events.resume();
        }
        return false;
    }

    /** After a hit: the JVM goes on, until the next one. */
    void goOn() {
        vm.resume();
    }

    /** The breakpoint is gone and the JVM, unless it has ended, goes on. */
    @Override
    public void close() {
        try {
            vm.dispose();
        } catch (VMDisconnectedException e) {
            // It has ended: nothing is left to be undone.
            return;
        }
    }

    private void set() {
        // First the request, then a look at what is there: a class in between is in both.
        ClassPrepareRequest later = vm.eventRequestManager().createClassPrepareRequest();
        later.addClassFilter(className);
        later.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
        later.enable();
        vm.classesByName(className).stream().filter(ReferenceType::isPrepared).forEach(this::setIn);
    }

    private void setIn(ReferenceType type) {
        for (Method method : type.methodsByName(this.method)) {
            if (method.isAbstract() || method.isNative() || method.isBridge()) {
                continue;
            }
            BreakpointRequest request = vm.eventRequestManager().createBreakpointRequest(location(method));
            request.setSuspendPolicy(EventRequest.SUSPEND_ALL);
            request.enable();
        }
    }

    private Location location(Method method) {
        if (!atEnd) {
            return method.location();
        }
        try {
            return method.allLineLocations().stream()
                    .max(Comparator.comparingLong(Location::codeIndex))
                    .orElseThrow();
        } catch (AbsentInformationException e) {
            throw new IllegalStateException(className + ": compiled without line numbers", e);
        }
    }
}
