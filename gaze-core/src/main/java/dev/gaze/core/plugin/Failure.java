package dev.gaze.core.plugin;

import java.util.ServiceConfigurationError;

/** Tells what went wrong in somebody else's code, in words for a problem. */
final class Failure {
    private Failure() {}

    /** The reason in one line: the innermost cause that says something. */
    static String reason(Throwable failure) {
        Throwable told = failure;
        if (failure instanceof ServiceConfigurationError && failure.getCause() != null) {
            told = failure.getCause();
        }
        if (told instanceof NoClassDefFoundError && told.getMessage() != null) {
            return "class " + told.getMessage().replace('/', '.') + " is missing";
        }
        String message = told.getMessage();
        if (told instanceof ServiceConfigurationError && message != null) {
            if (message.endsWith(" not found")) {
                return "there is no such class";
            }
            if (message.endsWith(" not a subtype")) {
                return "it does not implement GazePlugin";
            }
            // "<service>: <url of a service file>:<line>: …" is told without the folder that the jar lies in
            return message.replaceFirst("^\\S+: ", "").replaceFirst("^.*?([^/]+?)!?/(META-INF/services/)", "$1 $2");
        }
        String line = message == null ? "" : ": " + message.lines().findFirst().orElse("");
        return told.getClass().getSimpleName() + line;
    }

    /** How to go on without it. */
    static String leaveOut(String idOrClass) {
        return "leave it out: Gaze.builder().without(\"" + idOrClass + "\")";
    }

    /**
     * Whether a failure is the plugin's own. An exhausted machine is not; a stack overflow is.
     *
     * @throws Error the failure itself when it is not
     */
    static void requireTheirs(Throwable failure) {
        if (failure instanceof VirtualMachineError error && !(failure instanceof StackOverflowError)) {
            throw error;
        }
    }
}
