/**
 * What a model was trained on: the names of tags, how often each was used, and what they are called besides. Start with
 * {@link TagCatalogue}, which {@code gaze.tags()} gives.
 *
 * <p>A catalogue works without a network. {@link TagSource} is how plugins bring other ones, such as a server that is
 * asked live; whatever a source answers, names of the deny list never leave a catalogue of GAZE.
 */
@NullMarked
package dev.gaze.api.tag;

import org.jspecify.annotations.NullMarked;
