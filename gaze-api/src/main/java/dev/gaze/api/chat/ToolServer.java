package dev.gaze.api.chat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A server whose tools models may call, by the Model Context Protocol (MCP). Secrets in it are never printed. */
public sealed interface ToolServer {

    /**
     * What to call it.
     *
     * @return not blank
     */
    String name();

    /**
     * A program that speaks over its standard input and output. It is started when its tools are asked for, and ends
     * with the library.
     *
     * @param name what to call it
     * @param command the program and its arguments, such as {@code docker run --rm -i danbooru-mcp:latest}
     * @param environment variables it gets besides a few harmless ones of ours ({@code PATH}, {@code HOME} …)
     */
    record Command(String name, List<String> command, Map<String, String> environment) implements ToolServer {
        /** Checks that there is a program, and copies the collections. */
        public Command {
            requireName(name);
            command = List.copyOf(command);
            environment = Map.copyOf(environment);
            if (command.isEmpty() || command.get(0).isBlank()) {
                throw new IllegalArgumentException("Tool server '%s' has a blank command".formatted(name));
            }
        }

        /** Name and program; of variables the names. */
        @Override
        public String toString() {
            return "ToolServer[" + name + ", " + command.get(0)
                    + (environment.isEmpty() ? "" : ", variables " + environment.keySet()) + "]";
        }
    }

    /**
     * A server that speaks over HTTP (streamable HTTP).
     *
     * @param name what to call it
     * @param url its address, path included
     * @param key sent as {@code Authorization: Bearer}; null when it wants none
     * @param headers sent with every request; never printed
     */
    record Http(String name, URI url, @Nullable Secret key, Map<String, String> headers) implements ToolServer {
        /** Checks the address; no message repeats it. */
        public Http {
            requireName(name);
            headers = Map.copyOf(headers);
            boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (!web || url.getRawAuthority() == null || url.getRawAuthority().contains("@")) {
                throw new IllegalArgumentException(
                        "The address of tool server '%s' is no web address, or holds credentials; expected e.g. http://127.0.0.1:3001/mcp"
                                .formatted(name));
            }
        }

        /** Name and host; of headers the names, of the key whether there is one. */
        @Override
        public String toString() {
            return "ToolServer[" + name + ", " + url.getScheme() + "://" + url.getRawAuthority()
                    + (headers.isEmpty() ? "" : ", headers " + headers.keySet()) + (key == null ? "" : ", with a key")
                    + "]";
        }
    }

    private static void requireName(String name) {
        if (Objects.requireNonNull(name, "name").isBlank()) {
            throw new IllegalArgumentException("A tool server has a blank name");
        }
    }
}
