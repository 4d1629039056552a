package dev.gaze.example.project;

import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the README says, so that tests run what readers will. */
public final class Readme {
    private Readme() {}

    /** The first block of a language. */
    public static String block(String language) throws IOException {
        return first("(?sm)^```" + language + "\\n(.*?)^```");
    }

    /** The command in the row of the table that says what it does. */
    static String command(String what) throws IOException {
        return first("(?m)^\\| " + Pattern.quote(what) + "[^|]*\\| `(.*)` \\|$");
    }

    private static String first(String pattern) throws IOException {
        Matcher found =
                Pattern.compile(pattern).matcher(Files.readString(Checkout.top().resolve("README.md")));
        if (!found.find()) {
            throw new IllegalStateException("README.md has nothing that matches " + pattern);
        }
        return found.group(1);
    }
}
