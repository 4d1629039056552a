package dev.gaze.llm.client;

import dev.gaze.api.chat.ToolCall;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts calls of tools together, which arrive in pieces: the name first, then the arguments letter by letter. Servers
 * disagree about the rest, so a piece belongs to the call with its index; without an index, or where another id or
 * name comes under an old index, a new call begins. Only so many are kept; a model that calls more has lost its way.
 */
final class CallParts {
    static final int MOST = 128;

    private static final class Part {
        final int index;
        String id;
        String name;
        final StringBuilder arguments = new StringBuilder();

        Part(int index, String id, String name) {
            this.index = index;
            this.id = id;
            this.name = name;
        }
    }

    private final List<Part> parts = new ArrayList<>();
    private boolean tooMany;

    /**
     * A piece of a call.
     *
     * @param index which call of the answer; below zero when the server does not say
     * @param id its id; empty when the piece has none
     * @param name the tool; empty when the piece has none
     * @param arguments a piece of the arguments
     */
    void add(int index, String id, String name, String arguments) {
        Part part = find(index, id, name);
        if (part == null) {
            if (parts.size() == MOST) {
                tooMany = true;
                return;
            }
            part = new Part(index, id, name);
            parts.add(part);
        }
        part.id = part.id.isEmpty() ? id : part.id;
        part.name = part.name.isEmpty() ? name : part.name;
        part.arguments.append(arguments);
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    /** Whether there were more than are kept. */
    boolean tooMany() {
        return tooMany;
    }

    /** The whole calls; those without a name are no calls. Ids that are missing or used twice are made up. */
    List<ToolCall> calls() {
        List<ToolCall> calls = new ArrayList<>();
        Set<String> used = new HashSet<>();
        for (Part part : parts) {
            if (!part.name.isBlank()) {
                String id = part.id.isBlank() || used.contains(part.id) ? "call_" + (calls.size() + 1) : part.id;
                used.add(id);
                String arguments = part.arguments.toString();
                calls.add(new ToolCall(id, part.name.strip(), arguments.isBlank() ? "{}" : arguments));
            }
        }
        return calls;
    }

    private static boolean agree(String had, String given) {
        return had.isEmpty() || given.isEmpty() || had.equals(given);
    }

    private @Nullable Part find(int index, String id, String name) {
        for (int i = parts.size() - 1; i >= 0; i--) {
            Part part = parts.get(i);
            boolean same = index >= 0
                    ? part.index == index && agree(part.id, id) && agree(part.name, name)
                    : id.isEmpty() ? name.isEmpty() : part.id.equals(id);
            if (same) {
                return part;
            }
        }
        return null;
    }
}
