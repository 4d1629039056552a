package dev.gaze.llm.client;

import dev.gaze.api.chat.ChatSettings;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes secrets out of what a server says, before it stands in a message: servers like to repeat the key they did not
 * like. Besides the secrets of the settings, whatever looks like a key goes.
 */
final class Redaction {
    private static final int LONGEST = 300;
    private static final Pattern LOOKS_SECRET =
            Pattern.compile("(?i)\\b(bearer\\s+)\\S+|\\b(sk|pk|key|hf|gsk)[-_][A-Za-z0-9*_.-]{6,}");
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\s]+");

    private final List<String> secrets = new ArrayList<>();

    Redaction(ChatSettings settings) {
        if (settings.key() != null) {
            secrets.add(settings.key().value());
        }
        settings.headers().values().forEach(this::add);
        String query = settings.url().getRawQuery();
        if (query != null) {
            add(query);
            for (String pair : query.split("&")) {
                String value = pair.substring(pair.indexOf('=') + 1);
                add(value);
                add(decoded(value));
            }
        }
        secrets.sort(Comparator.comparingInt(String::length).reversed());
    }

    /** What is too short to be a secret would only tear holes into sentences. */
    private void add(String secret) {
        if (secret.strip().length() >= 4) {
            secrets.add(secret.strip());
        }
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException brokenEscape) {
            return value;
        }
    }

    /** The text on one line, without secrets, cut when it is long. */
    String clean(String text) {
        String clean = text.length() > 20 * LONGEST ? text.substring(0, 20 * LONGEST) : text;
        for (String secret : secrets) {
            clean = clean.replace(secret, "***");
        }
        clean = LOOKS_SECRET.matcher(clean).replaceAll("***");
        clean = UNPRINTABLE.matcher(clean).replaceAll(" ").strip();
        return clean.length() > LONGEST ? clean.substring(0, LONGEST) + "…" : clean;
    }
}
