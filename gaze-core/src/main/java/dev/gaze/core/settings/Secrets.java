package dev.gaze.core.settings;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Looks secrets up in the environment. A settings file is copied, shared and put under version control, so a secret in
 * it is refused, and no message ever repeats one.
 */
final class Secrets {
    private static final String REFERENCE = "env:";
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern SECRET_HEADER =
            Pattern.compile("auth|cookie|key|token|secret|pass|session|credential");

    private final Function<String, @Nullable String> environment;
    private final Findings findings;

    Secrets(Function<String, @Nullable String> environment, Findings findings) {
        this.environment = environment;
        this.findings = findings;
    }

    /** The secret a text refers to; empty, with a problem noted, when it is no reference or leads nowhere. */
    Optional<String> secret(String text, List<String> path) {
        if (text.startsWith(REFERENCE)) {
            return referred(text.substring(REFERENCE.length()), path);
        }
        findings.problem(
                path,
                "'%s' holds its secret in the file itself".formatted(path.get(path.size() - 1)),
                "put the secret into an environment variable and name it here: \"env:NAME\"");
        return Optional.empty();
    }

    /** A header's value: a reference, or plain text where the header's name does not speak of secrets. */
    Optional<String> header(String name, String text, List<String> path) {
        boolean plain = !text.startsWith(REFERENCE)
                && !SECRET_HEADER.matcher(name.toLowerCase(Locale.ROOT)).find();
        return plain ? Optional.of(text) : secret(text, path);
    }

    private Optional<String> referred(String name, List<String> path) {
        if (!NAME.matcher(name).matches()) {
            findings.problem(
                    path,
                    "'%s' names no environment variable".formatted(path.get(path.size() - 1)),
                    "write \"env:NAME\", NAME being letters, digits and _");
            return Optional.empty();
        }
        String value = environment.apply(name);
        if (value == null || value.isEmpty()) {
            findings.problem(
                    path,
                    "The environment variable %s is not set".formatted(name),
                    "set it where GAZE is started, or remove '%s'".formatted(path.get(path.size() - 1)));
            return Optional.empty();
        }
        return Optional.of(value);
    }
}
