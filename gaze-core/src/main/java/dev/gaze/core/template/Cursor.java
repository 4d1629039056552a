package dev.gaze.core.template;

import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import org.jspecify.annotations.Nullable;

/** A place in a text that is read from left to right, and how deep the reading has gone. */
final class Cursor {
    /** How deep braces, parameters and tags may nest. */
    static final int DEEPEST = 100;

    final String text;
    int at;
    int end;
    private int depth;

    Cursor(String text) {
        this.text = text;
        end = text.length();
    }

    boolean atEnd() {
        return at >= end;
    }

    /** The character so far ahead; NUL beyond the end. */
    char peek(int ahead) {
        return at + ahead < end ? text.charAt(at + ahead) : '\0';
    }

    boolean sees(String expected) {
        return at + expected.length() <= end && text.startsWith(expected, at);
    }

    /** Takes what is expected, if it is there. */
    boolean take(String expected) {
        if (sees(expected)) {
            at += expected.length();
            return true;
        }
        return false;
    }

    /** Skips blanks of this line. */
    void skipBlanks() {
        while (peek(0) == ' ') {
            at++;
        }
    }

    /** Takes a name: {@code [A-Za-z_][A-Za-z0-9_-]*}; null, and nothing taken, when there is none. */
    @Nullable
    String name() {
        int start = at;
        if (!isNameStart(peek(0))) {
            return null;
        }
        while (isNameStart(peek(0)) || isDigit(peek(0)) || peek(0) == '-') {
            at++;
        }
        return text.substring(start, at);
    }

    static boolean isName(String candidate) {
        Cursor cursor = new Cursor(candidate);
        return cursor.name() != null && cursor.atEnd();
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isNameStart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }

    /** Goes one level deeper. */
    void enter(int opened) {
        if (++depth > DEEPEST) {
            throw malformed(opened, "The template nests deeper than %d levels".formatted(DEEPEST), "nest less");
        }
    }

    void leave() {
        depth--;
    }

    /** What is wrong at an offset. */
    GazeException malformed(int offset, String what, @Nullable String fix) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < offset; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return new GazeException(
                Kind.INVALID,
                Problem.of(what)
                        .at("line %d, column %d (offset %d)".formatted(line, offset - lineStart + 1, offset))
                        .fix(fix));
    }
}
