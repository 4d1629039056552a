package dev.gaze.core.settings;

import dev.gaze.api.chat.Secret;
import dev.gaze.api.chat.ToolServer;
import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the MCP servers: by name, a command with its arguments, or an object with a command or an address. */
record ToolServersReader(Secrets secrets, Findings findings) {
    static final String MCP = "mcp";
    private static final String EXPECTED =
            "write e.g. \"tags\": { \"command\": [\"docker\", \"run\", \"--rm\", \"-i\", \"danbooru-mcp:latest\"] } or \"tags\": { \"url\": \"http://127.0.0.1:3001/mcp\" }";

    List<ToolServer> read(@Nullable JsonValue value) {
        List<ToolServer> servers = new ArrayList<>();
        if (value instanceof JsonObject object) {
            object.members().forEach((name, server) -> {
                ToolServer read = server(name, server, List.of(MCP, name));
                if (read != null) {
                    servers.add(read);
                }
            });
        } else if (value != null) {
            findings.problem(List.of(MCP), "'mcp' is %s; expected an object".formatted(value.describe()), EXPECTED);
        }
        return servers;
    }

    private @Nullable ToolServer server(String name, JsonValue value, List<String> path) {
        try {
            if (value instanceof JsonArray command) {
                return new ToolServer.Command(name, texts(command), Map.of());
            }
            if (value instanceof JsonObject object && object.get("command").orElse(null) instanceof JsonArray command) {
                return new ToolServer.Command(name, texts(command), named(object, "environment", path));
            }
            if (value instanceof JsonObject object && object.get("url").orElse(null) instanceof JsonText url) {
                return http(name, url.value(), object, path);
            }
        } catch (IllegalArgumentException wrong) {
            findings.problem(path, wrong.getMessage(), EXPECTED);
            return null;
        }
        findings.problem(path, "Tool server '%s' has neither a command nor a url".formatted(name), EXPECTED);
        return null;
    }

    private ToolServer http(String name, String url, JsonObject object, List<String> path) {
        Secret key = object.text("key")
                .flatMap(text -> secrets.secret(text, SettingsReader.path(path, "key")))
                .map(Secret::of)
                .orElse(null);
        try {
            return new ToolServer.Http(name, new URI(url.strip()), key, named(object, "headers", path));
        } catch (URISyntaxException broken) { // its message would repeat the address, which may hold a key
            throw new IllegalArgumentException("The address of tool server '%s' is no web address".formatted(name));
        }
    }

    private Map<String, String> named(JsonObject object, String key, List<String> path) {
        Map<String, String> texts = new LinkedHashMap<>();
        List<String> at = SettingsReader.path(path, key);
        object.object(key).members().forEach((name, value) -> {
            if (value instanceof JsonText text) {
                secrets.header(name, text.value(), SettingsReader.path(at, name))
                        .ifPresent(known -> texts.put(name, known));
            } else {
                findings.problem(SettingsReader.path(at, name), "'%s' is no text".formatted(name), "write a text");
            }
        });
        return texts;
    }

    private static List<String> texts(JsonArray items) {
        return items.items().stream()
                .map(item -> {
                    if (item instanceof JsonText text) {
                        return text.value();
                    }
                    throw new IllegalArgumentException("A command holds %s; expected texts".formatted(item.describe()));
                })
                .toList();
    }
}
