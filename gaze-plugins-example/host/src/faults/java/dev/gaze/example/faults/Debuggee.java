package dev.gaze.example.faults;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.Method;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.event.VMDeathEvent;
import com.sun.jdi.event.VMDisconnectEvent;
import com.sun.jdi.request.ClassPrepareRequest;
import com.sun.jdi.request.EventRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A process under the debugger of the JDK, which we stop at the entry of a method without a line of code in GAZE for it. */
final class Debuggee implements AutoCloseable {
    private static final String LISTENING = "Listening for transport dt_socket at address: ";

    private final Process process;
    private final VirtualMachine machine;
    private final int suspend;

    private Debuggee(Process process, VirtualMachine machine, int suspend) {
        this.process = process;
        this.machine = machine;
        this.suspend = suspend;
    }

    /**
     * Starts a process that waits for us.
     *
     * @param suspend who stands still at a stop: {@link EventRequest#SUSPEND_ALL} or one thread
     */
    static Debuggee start(int suspend, Class<?> main, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-agentlib:jdwp=transport=dt_socket,server=y,suspend=y,address=127.0.0.1:0",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            BufferedReader said =
                    new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8));
            String line = said.readLine();
            if (line == null || !line.startsWith(LISTENING)) {
                throw new IOException("The child said: " + line);
            }
            return new Debuggee(child, attach(line.substring(LISTENING.length()).strip()), suspend);
        } catch (Exception failure) {
            child.destroyForcibly();
            throw failure;
        }
    }

    private static VirtualMachine attach(String port) throws Exception {
        AttachingConnector connector = Bootstrap.virtualMachineManager().attachingConnectors().stream()
                .filter(one -> one.transport().name().equals("dt_socket"))
                .findFirst()
                .orElseThrow();
        Map<String, Connector.Argument> arguments = connector.defaultArguments();
        arguments.get("hostname").setValue("127.0.0.1");
        arguments.get("port").setValue(port.substring(port.lastIndexOf(':') + 1));
        return connector.attach(arguments);
    }

    /** What happens at a stop. */
    @FunctionalInterface
    interface Stop {
        /** True when the process goes on, false when that is all we wanted. */
        boolean goesOn() throws InterruptedException;
    }

    /** Lets it run until it ends (false) or a stop says that it is enough (true); then it stands still. */
    boolean run(String type, String method, Stop stop) throws InterruptedException {
        ClassPrepareRequest prepared = machine.eventRequestManager().createClassPrepareRequest();
        prepared.addClassFilter(type);
        prepared.setSuspendPolicy(EventRequest.SUSPEND_ALL);
        prepared.enable();
        machine.classesByName(type).forEach(loaded -> stopAt(loaded, method));
        machine.resume();
        try {
            while (true) {
                EventSet events = machine.eventQueue().remove();
                for (Event event : events) {
                    if (event instanceof BreakpointEvent && !stop.goesOn()) {
                        return true; // nothing is resumed
                    } else if (event instanceof ClassPrepareEvent loaded) {
                        stopAt(loaded.referenceType(), method);
                    } else if (event instanceof VMDeathEvent || event instanceof VMDisconnectEvent) {
                        return false;
                    }
                }
                events.resume();
            }
        } catch (VMDisconnectedException ended) {
            return false;
        }
    }

    private void stopAt(ReferenceType type, String method) {
        for (Method one : type.methodsByName(method)) {
            if (!one.isAbstract() && one.location() != null) {
                var request = machine.eventRequestManager().createBreakpointRequest(one.location());
                request.setSuspendPolicy(suspend);
                request.enable();
            }
        }
    }

    /** Kills it with SIGKILL, if it still lives. */
    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
