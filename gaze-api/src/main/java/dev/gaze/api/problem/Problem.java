package dev.gaze.api.problem;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong, told so that its reader can mend it. Warnings are problems too: what makes one a warning is
 * that the work went on, and that it stands on a result instead of in an exception.
 *
 * @param what what is wrong, naming the value given and what is accepted; never blank, never holds a secret
 * @param where the place: a file with its line ({@code clothing/raincoat.json:14}), a jar, a server, a node; null when
 *     there is no place
 * @param fix what to do about it; null when nothing is known to help
 */
public record Problem(
        String what, @Nullable String where, @Nullable String fix) {

    /** Checks that {@code what} says something; blank places and fixes become null. */
    public Problem {
        Objects.requireNonNull(what, "what");
        if (what.isBlank()) {
            throw new IllegalArgumentException("A problem must say what is wrong; the text is blank");
        }
        where = where == null || where.isBlank() ? null : where;
        fix = fix == null || fix.isBlank() ? null : fix;
    }

    /**
     * A problem of which only the matter is known so far.
     *
     * @param what what is wrong
     * @return the problem, without a place and a fix
     */
    public static Problem of(String what) {
        return new Problem(what, null, null);
    }

    /**
     * This problem with a place.
     *
     * @param where the file and line, jar, server or node
     * @return a changed copy
     */
    public Problem at(@Nullable String where) {
        return new Problem(what, where, fix);
    }

    /**
     * This problem with a way out.
     *
     * @param fix what to do about it
     * @return a changed copy
     */
    public Problem fix(@Nullable String fix) {
        return new Problem(what, where, fix);
    }

    /** The problem as a block of one to three lines, as it stands in a numbered list. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(what);
        if (where != null) {
            text.append("\n   where  ").append(where);
        }
        if (fix != null) {
            text.append("\n   fix    ").append(fix);
        }
        return text.toString();
    }
}
