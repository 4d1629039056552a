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

/**
 * Starts a process under the debugger of the JDK, stops it at the entry of a method, and kills it there with SIGKILL: it
 * gets no chance to clean up, and it dies exactly where we say, without a line of code in GAZE for it.
 */
final class Assassin {
    private static final String LISTENING = "Listening for transport dt_socket at address: ";

    private Assassin() {}

    /** False when the process ended by itself before it came there. */
    static boolean kill(String type, String method, Class<?> main, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-agentlib:jdwp=transport=dt_socket,server=y,suspend=y,address=127.0.0.1:0",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            String line = said.readLine();
            if (line == null || !line.startsWith(LISTENING)) {
                throw new IOException("The child said: " + line);
            }
            VirtualMachine machine = attach(line.substring(LISTENING.length()).strip());
            boolean there = waitFor(machine, type, method);
            child.destroyForcibly().waitFor();
            return there;
        } finally {
            child.destroyForcibly();
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

    private static boolean waitFor(VirtualMachine machine, String type, String method) throws InterruptedException {
        ClassPrepareRequest prepared = machine.eventRequestManager().createClassPrepareRequest();
        prepared.addClassFilter(type);
        prepared.setSuspendPolicy(EventRequest.SUSPEND_ALL);
        prepared.enable();
        machine.classesByName(type).forEach(loaded -> stopAt(machine, loaded, method));
        machine.resume();
        try {
            while (true) {
                EventSet events = machine.eventQueue().remove();
                for (Event event : events) {
                    if (event instanceof BreakpointEvent) {
                        return true; // everything stands still; nothing is resumed
                    } else if (event instanceof ClassPrepareEvent loaded) {
                        stopAt(machine, loaded.referenceType(), method);
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

    private static void stopAt(VirtualMachine machine, ReferenceType type, String method) {
        for (Method one : type.methodsByName(method)) {
            if (!one.isAbstract() && one.location() != null) {
                var request = machine.eventRequestManager().createBreakpointRequest(one.location());
                request.setSuspendPolicy(EventRequest.SUSPEND_ALL);
                request.enable();
            }
        }
    }
}
