package dev.gaze.core.settings;

import dev.gaze.api.backend.ServerSettings;
import dev.gaze.api.json.JsonNumber;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.problem.NearestNames;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the list of servers: an address, or an object with a name, headers and credentials beside it. */
final class ServerReader {
    private static final String NAME = "name";
    private static final String URL = "url";
    private static final String HEADERS = "headers";
    private static final String USER = "user";
    private static final String PASSWORD = "password";
    private static final String TOKEN = "token";
    private static final String SLOTS = "slots";
    private static final int MOST_SLOTS = 64;
    private static final Set<String> KNOWN = Set.of(NAME, URL, HEADERS, USER, PASSWORD, TOKEN, SLOTS);

    private final Secrets secrets;
    private final Findings findings;

    ServerReader(Secrets secrets, Findings findings) {
        this.secrets = secrets;
        this.findings = findings;
    }

    List<ServerSettings> read(List<JsonValue> items, ServerSettings.Limits limits) {
        List<ServerSettings> servers = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < items.size(); i++) {
            List<String> path = List.of("servers", Integer.toString(i));
            server(items.get(i), path, limits).ifPresent(server -> {
                if (names.add(server.name())) {
                    servers.add(server);
                } else {
                    findings.problem(
                            path,
                            "Server '%s' is named twice".formatted(server.name()),
                            "remove one, or give them different names");
                }
            });
        }
        return servers;
    }

    private Optional<ServerSettings> server(JsonValue item, List<String> path, ServerSettings.Limits limits) {
        if (item instanceof JsonText text) {
            return address(text.value(), path)
                    .map(address -> new ServerSettings(address.toString(), address, Map.of(), null, null, limits));
        }
        if (item instanceof JsonObject object) {
            return server(object, path, limits);
        }
        findings.problem(
                path, "A server is %s; expected an address".formatted(item.describe()), ServerAddress.EXPECTED);
        return Optional.empty();
    }

    private Optional<ServerSettings> server(JsonObject object, List<String> path, ServerSettings.Limits limits) {
        object.members().keySet().stream()
                .filter(key -> !KNOWN.contains(key))
                .forEach(key -> findings.warning(
                        SettingsReader.path(path, key),
                        "'%s' is nothing a server has, and has no effect".formatted(key),
                        NearestNames.fix(key, KNOWN, "a server has")));
        String url = text(object, URL, path);
        if (url == null) {
            findings.problem(path, "A server names no url", ServerAddress.EXPECTED);
            return Optional.empty();
        }
        Map<String, String> headers = headers(object, path);
        String user = text(object, USER, path);
        String secret = secret(object, user, path);
        String name = text(object, NAME, path);
        return address(url, SettingsReader.path(path, URL))
                .map(address -> new ServerSettings(
                        name == null ? address.toString() : name,
                        address,
                        headers,
                        user,
                        secret,
                        limits,
                        slots(object, path)));
    }

    private int slots(JsonObject object, List<String> path) {
        JsonValue value = object.get(SLOTS).orElse(null);
        if (value == null) {
            return 1;
        }
        if (value instanceof JsonNumber number && number.isWhole()) {
            double given = number.asDouble();
            if (given >= 1 && given <= MOST_SLOTS) {
                return (int) given;
            }
        }
        findings.problem(
                SettingsReader.path(path, SLOTS),
                "slots is %s; expected a whole number from 1 to %d".formatted(value.describe(), MOST_SLOTS),
                null);
        return 1;
    }

    private Map<String, String> headers(JsonObject object, List<String> path) {
        Map<String, String> headers = new LinkedHashMap<>();
        List<String> at = SettingsReader.path(path, HEADERS);
        object.object(HEADERS).members().forEach((name, value) -> {
            if (value instanceof JsonText text) {
                secrets.header(name, text.value(), SettingsReader.path(at, name))
                        .ifPresent(known -> headers.put(name, known));
            } else {
                findings.problem(
                        SettingsReader.path(at, name), "Header '%s' is no text".formatted(name), "write a text");
            }
        });
        return headers;
    }

    /** The password with a user, the bearer token without one. */
    private @Nullable String secret(JsonObject object, @Nullable String user, List<String> path) {
        String password = text(object, PASSWORD, path);
        String token = text(object, TOKEN, path);
        if (password != null && token != null) {
            findings.problem(path, "A server has a password and a token", "keep the one it asks for");
            return null;
        }
        if (user == null && password != null) {
            findings.problem(
                    SettingsReader.path(path, PASSWORD),
                    "A server has a password and no user",
                    "add the user, or write 'token' if it is one");
            return null;
        }
        if (user != null && password == null) {
            findings.problem(
                    SettingsReader.path(path, USER),
                    "A server has a user and no password",
                    "add \"password\": \"env:NAME\", or remove the user");
            return null;
        }
        String key = password == null ? TOKEN : PASSWORD;
        String reference = password == null ? token : password;
        return reference == null
                ? null
                : secrets.secret(reference, SettingsReader.path(path, key)).orElse(null);
    }

    private Optional<URI> address(String text, List<String> path) {
        try {
            URI address = ServerAddress.parse(text);
            if (!address.toString().contains("@")) {
                return Optional.of(address);
            }
            findings.problem(
                    path,
                    "The server address holds credentials",
                    "take them out of the address and write \"user\" and \"password\": \"env:NAME\" beside \"url\"");
        } catch (IllegalArgumentException wrong) {
            findings.problem(path, wrong.getMessage(), ServerAddress.EXPECTED);
        }
        return Optional.empty();
    }

    private @Nullable String text(JsonObject object, String key, List<String> path) {
        return findings.text(object, SettingsReader.path(path, key)).orElse(null);
    }
}
