package dev.gaze.api.plugin;

import java.util.Objects;

/**
 * Where something stands among others of its kind, asked for by the name of a neighbour so that nobody memorises
 * numbers. {@code after(x)} is <em>directly</em> behind x and {@code before(x)} directly in front of it; several behind
 * the same x stand in the order of their ids. A neighbour that nobody declares is a problem, and so is a circle.
 */
public sealed interface Position {
    /** No wish: those of one plugin keep the order in which it lists them; GAZE's own come first, then plugins by id. */
    Position ANYWHERE = new Anywhere();

    /**
     * Directly behind {@code neighbour}.
     *
     * @param neighbour the name of the one in front
     * @return the position
     */
    static Position after(String neighbour) {
        return new After(neighbour);
    }

    /**
     * Directly in front of {@code neighbour}.
     *
     * @param neighbour the name of the one behind
     * @return the position
     */
    static Position before(String neighbour) {
        return new Before(neighbour);
    }

    /** No wish. */
    record Anywhere() implements Position {}

    /**
     * Directly behind a neighbour.
     *
     * @param neighbour its name
     */
    record After(String neighbour) implements Position {
        /** Checks that a neighbour is named. */
        public After {
            requireName(neighbour);
        }
    }

    /**
     * Directly in front of a neighbour.
     *
     * @param neighbour its name
     */
    record Before(String neighbour) implements Position {
        /** Checks that a neighbour is named. */
        public Before {
            requireName(neighbour);
        }
    }

    private static void requireName(String neighbour) {
        if (Objects.requireNonNull(neighbour, "neighbour").isBlank()) {
            throw new IllegalArgumentException("A position needs the name of a neighbour, such as after(\"action\")");
        }
    }
}
