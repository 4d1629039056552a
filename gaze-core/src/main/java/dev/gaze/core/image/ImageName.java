package dev.gaze.core.image;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name a generated image gets: {@code gen_<epoch seconds>}, and {@code _2}, {@code _3} … behind it for further ones
 * of the same second (the file-name decision of requirement group 4).
 *
 * @param second when it was filed, in seconds since 1970
 * @param number which one of that second, from 1
 */
record ImageName(long second, int number) {
    private static final Pattern STEM = Pattern.compile("gen_(\\d{1,12})(?:_(\\d{1,9}))?");

    /** Reads the name of a file without its extension; empty when it is not one of ours. */
    static Optional<ImageName> parse(String stem) {
        Matcher match = STEM.matcher(stem);
        return match.matches()
                ? Optional.of(new ImageName(
                        Long.parseLong(match.group(1)), match.group(2) == null ? 1 : Integer.parseInt(match.group(2))))
                : Optional.empty();
    }

    ImageName next() {
        return new ImageName(second, number + 1);
    }

    Instant made() {
        return Instant.ofEpochSecond(second);
    }

    String stem() {
        return "gen_" + second + (number == 1 ? "" : "_" + number);
    }
}
