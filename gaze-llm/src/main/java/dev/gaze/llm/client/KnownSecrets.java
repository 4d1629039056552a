package dev.gaze.llm.client;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes the secrets we handed out of what comes back: servers like to repeat the key they did not like. Immutable; never
 * printed.
 */
public final class KnownSecrets {
    /** What is shorter is hardly a secret, and would only tear holes into sentences. */
    private static final int SHORTEST = 4;

    /** What comes behind the name of a scheme, as in a header for authorization, is a secret by itself. */
    private static final Pattern SCHEME = Pattern.compile("(?i)(?:bearer|basic|token|apikey|key)\\s+(\\S.*)");

    private final List<String> longestFirst;

    /**
     * Remembers them.
     *
     * @param secrets the secrets; blank and very short ones are passed over
     */
    public KnownSecrets(Collection<String> secrets) {
        longestFirst = secrets.stream()
                .map(String::strip)
                .flatMap(KnownSecrets::withoutScheme)
                .filter(secret -> secret.length() >= SHORTEST)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    private static Stream<String> withoutScheme(String secret) {
        Matcher scheme = SCHEME.matcher(secret);
        return scheme.matches() ? Stream.of(secret, scheme.group(1)) : Stream.of(secret);
    }

    /**
     * What may be secret in an address: its query, and each value in it, as it stands and as it is meant.
     *
     * @param url the address
     * @return the texts, in no order
     */
    public static List<String> in(URI url) {
        List<String> secrets = new ArrayList<>();
        String query = url.getRawQuery();
        if (query != null) {
            secrets.add(query);
            for (String pair : query.split("&")) {
                String value = pair.substring(pair.indexOf('=') + 1);
                secrets.add(value);
                secrets.add(decoded(value));
            }
        }
        return secrets;
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException brokenEscape) {
            return value;
        }
    }

    /**
     * A text without them.
     *
     * @param text any text; null counts as empty
     * @return the text with {@code ***} in place of every secret
     */
    public String without(@Nullable String text) {
        String clean = text == null ? "" : text;
        for (String secret : longestFirst) {
            clean = clean.replace(secret, "***");
        }
        return clean;
    }
}
