package dev.gaze.core.preset;

import dev.gaze.api.preset.PresetArtist;
import dev.gaze.api.preset.PresetCategory;
import dev.gaze.api.preset.PresetPack;
import dev.gaze.api.preset.PresetQuestion;
import dev.gaze.api.preset.PresetType;
import java.util.List;
import java.util.Map;

/**
 * The hierarchy as all files together make it.
 *
 * @param categories by id, in file order
 * @param packs in file order
 * @param universal options that go with everything
 * @param qualityTags by target
 */
record Hierarchy(
        Map<String, Category> categories,
        List<PresetPack> packs,
        List<PresetQuestion> universal,
        Map<String, List<String>> qualityTags) {

    /**
     * Level 1.
     *
     * @param types by id
     */
    record Category(PresetCategory shown, Map<String, Type> types) {}

    /**
     * Level 2.
     *
     * @param artists by id
     */
    record Type(PresetType shown, Map<String, Artist> artists) {}

    /**
     * Level 3.
     *
     * @param technical level 4
     * @param specifics level 5
     */
    record Artist(PresetArtist shown, List<PresetQuestion> technical, List<PresetQuestion> specifics) {}
}
