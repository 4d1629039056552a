package dev.gaze.example.faults;

import com.sun.jdi.request.EventRequest;

/**
 * Starts a process, stops it at the entry of a method, and kills it there with SIGKILL: it gets no chance to clean up,
 * and it dies exactly where we say.
 */
final class Assassin {
    private Assassin() {}

    /** False when the process ended by itself before it came there. */
    static boolean kill(String type, String method, Class<?> main, String... arguments) throws Exception {
        try (Debuggee victim = Debuggee.start(EventRequest.SUSPEND_ALL, main, arguments)) {
            return victim.run(type, method, () -> false);
        }
    }
}
