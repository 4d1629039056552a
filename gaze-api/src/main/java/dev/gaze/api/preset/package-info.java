/**
 * Ready-made words for people who describe a picture: a style, an artist, a light. Start with
 * {@link dev.gaze.api.preset.Presets}.
 *
 * <p>There are two kinds side by side. <em>Flat</em> presets are lists of names, each with its words. <em>Hierarchical</em>
 * ones lead from a category over a type to an artist, with technical options and scene specifics of that artist, and with
 * universal options that go with everything. GAZE ships some of both; users add files and plugins add categories.
 */
@NullMarked
package dev.gaze.api.preset;

import org.jspecify.annotations.NullMarked;
