package dev.gaze.llm.client;

import dev.gaze.api.chat.ChatSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Makes what a server says fit for a message: on one line, not long, without the secrets of the settings and whatever
 * else looks like a key.
 */
final class Redaction {
    private static final int LONGEST = 300;
    private static final Pattern LOOKS_SECRET =
            Pattern.compile("(?i)\\b(bearer\\s+)\\S+|\\b(sk|pk|key|hf|gsk)[-_][A-Za-z0-9*_.-]{6,}");
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\s]+");

    private final KnownSecrets secrets;

    Redaction(ChatSettings settings) {
        List<String> all = new ArrayList<>(KnownSecrets.in(settings.url()));
        all.addAll(settings.headers().values());
        if (settings.key() != null) {
            all.add(settings.key().value());
        }
        secrets = new KnownSecrets(all);
    }

    /** The text on one line, without secrets, cut when it is long. */
    String clean(String text) {
        String clean = secrets.without(text); // before anything is cut: half a secret would not be known again
        clean = clean.length() > 20 * LONGEST ? clean.substring(0, 20 * LONGEST) : clean;
        clean = LOOKS_SECRET.matcher(clean).replaceAll("***");
        clean = UNPRINTABLE.matcher(clean).replaceAll(" ").strip();
        return clean.length() > LONGEST ? clean.substring(0, LONGEST) + "…" : clean;
    }
}
