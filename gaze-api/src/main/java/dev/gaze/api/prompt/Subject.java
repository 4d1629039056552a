package dev.gaze.api.prompt;

import org.jspecify.annotations.Nullable;

/**
 * Who is shown, as far as an asset says so. A category that can be read as a subject is one that others are merged into
 * and that pictures are filed under: the built-in one is {@code character}.
 *
 * @param orientation how many of whom, such as {@code 1F1M} (see {@link Orientation}); null or blank when not given
 * @param soloFocus whether the picture centres on one person
 * @param relation whether a tag for the relation between several is written; false for {@code relation: "none"}
 * @param backgroundColour the colour of a plain background; null for none
 */
public record Subject(
        @Nullable String orientation,
        boolean soloFocus,
        boolean relation,
        @Nullable String backgroundColour) {}
