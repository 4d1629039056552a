package dev.gaze.api.prompt;

/** Reads the text of an {@link Orientation} from left to right; used once. */
final class OrientationReader {
    /** The words of each kind, longest first, so that {@code females} is not read as {@code f}. */
    private static final String[][] KINDS = {
        {"females", "female", "girls", "girl", "f"},
        {"males", "male", "boys", "boy", "m"},
        {"others", "other", "o"}
    };

    private static final int LONGEST_COUNT = 3;

    private final String text;
    private final int[] people = new int[KINDS.length];
    private int at;

    OrientationReader(String text) {
        this.text = text;
    }

    Orientation read() throws OrientationException {
        skipBlanks();
        do {
            term();
            separator();
        } while (at < text.length());
        if (people[0] + people[1] + people[2] == 0) {
            throw new OrientationException(text, 0, "it counts nobody; expected at least one, such as '1F'");
        }
        return new Orientation(people[0], people[1], people[2]);
    }

    private void term() throws OrientationException {
        int start = at;
        int count = count();
        skipBlanks();
        for (int kind = 0; kind < KINDS.length; kind++) {
            for (String word : KINDS[kind]) {
                if (word.length() <= text.length() - at && equalAsciiIgnoringCase(word)) {
                    people[kind] += count;
                    at += word.length();
                    return;
                }
            }
        }
        throw new OrientationException(
                text, start, "expected an optional count and F, M or O (girl, boy, other), such as '1F1M'");
    }

    /** One to three digits or {@code 6+}; 1 when there is none. What follows decides whether it was meant as one. */
    private int count() {
        if (text.startsWith("6+", at)) {
            at += 2;
            return 6;
        }
        int count = 0;
        int end = Math.min(text.length(), at + LONGEST_COUNT);
        int start = at;
        while (at < end && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            count = count * 10 + text.charAt(at++) - '0';
        }
        return at == start ? 1 : count;
    }

    private void separator() throws OrientationException {
        skipBlanks();
        if (at < text.length() && ",+&/".indexOf(text.charAt(at)) >= 0) {
            int separator = at++;
            skipBlanks();
            if (at == text.length()) {
                throw new OrientationException(text, separator, "nothing follows the '" + text.charAt(separator) + "'");
            }
        }
    }

    private boolean equalAsciiIgnoringCase(String word) {
        for (int i = 0; i < word.length(); i++) {
            char c = text.charAt(at + i);
            if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }
}
