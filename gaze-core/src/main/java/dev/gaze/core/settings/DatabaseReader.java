package dev.gaze.core.settings;

import dev.gaze.api.engine.DatabaseSettings;
import dev.gaze.api.json.JsonNumber;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.problem.NearestNames;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads where a shared database is: an address, or an object with a user and a password beside it. */
final class DatabaseReader {
    static final String DATABASE = "database";

    private static final String URL = "url";
    private static final String USER = "user";
    private static final String PASSWORD = "password";
    private static final String CONNECTIONS = "connections";
    private static final Set<String> KNOWN = Set.of(URL, USER, PASSWORD, CONNECTIONS);
    private static final int MOST_CONNECTIONS = 1_000;
    private static final Pattern SECRET = Pattern.compile("(?i)[?&](ssl)?password=|//[^/?]*@");
    private static final String EXPECTED =
            "write \"jdbc:postgresql://host/name\", or an object with \"url\", \"user\" and \"password\": \"env:NAME\"";

    private final Secrets secrets;
    private final Findings findings;

    DatabaseReader(Secrets secrets, Findings findings) {
        this.secrets = secrets;
        this.findings = findings;
    }

    Optional<DatabaseSettings> read(@Nullable JsonValue value) {
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof JsonText text) {
            return settings(text.value(), List.of(DATABASE), null, null, DatabaseSettings.CONNECTIONS);
        }
        if (value instanceof JsonObject object) {
            return read(object);
        }
        findings.problem(
                List.of(DATABASE), "The database is %s; expected an address".formatted(value.describe()), EXPECTED);
        return Optional.empty();
    }

    private Optional<DatabaseSettings> read(JsonObject object) {
        object.members().keySet().stream()
                .filter(key -> !KNOWN.contains(key))
                .forEach(key -> findings.warning(
                        List.of(DATABASE, key),
                        "'%s' is nothing a database has, and has no effect".formatted(key),
                        NearestNames.fix(key, KNOWN, "a database has")));
        Optional<String> password =
                findings.text(object, path(PASSWORD)).flatMap(text -> secrets.secret(text, path(PASSWORD)));
        int connections = connections(object);
        Optional<String> url = findings.text(object, path(URL));
        if (url.isEmpty()) {
            findings.problem(List.of(DATABASE), "The database names no url", EXPECTED);
            return Optional.empty();
        }
        return settings(
                url.get(),
                path(URL),
                findings.text(object, path(USER)).orElse(null),
                password.orElse(null),
                connections);
    }

    private Optional<DatabaseSettings> settings(
            String url, List<String> path, @Nullable String user, @Nullable String password, int connections) {
        if (SECRET.matcher(url).find()) {
            findings.problem(
                    path,
                    "The database address holds a password",
                    "take it out of the address and write \"user\" and \"password\": \"env:NAME\" beside \"url\"");
            return Optional.empty();
        }
        try {
            return Optional.of(new DatabaseSettings(url, user, password, connections));
        } catch (IllegalArgumentException wrong) {
            findings.problem(path, wrong.getMessage(), EXPECTED);
            return Optional.empty();
        }
    }

    private int connections(JsonObject object) {
        JsonValue value = object.get(CONNECTIONS).orElse(null);
        if (value == null) {
            return DatabaseSettings.CONNECTIONS;
        }
        if (value instanceof JsonNumber number && number.isWhole()) {
            double given = number.asDouble();
            if (given >= 2 && given <= MOST_CONNECTIONS) {
                return (int) given;
            }
        }
        findings.problem(
                path(CONNECTIONS),
                "connections is %s; expected a whole number from 2 to %d".formatted(value.describe(), MOST_CONNECTIONS),
                null);
        return DatabaseSettings.CONNECTIONS;
    }

    private static List<String> path(String key) {
        return List.of(DATABASE, key);
    }
}
