package dev.gaze.core.prompt;

import dev.gaze.api.asset.AssetData;
import dev.gaze.api.asset.AssetKey;
import dev.gaze.api.asset.Category;
import dev.gaze.api.asset.FieldAddress;
import dev.gaze.api.asset.Section;
import dev.gaze.api.asset.Wardrobe;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.problem.NearestNames;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.prompt.Cast;
import dev.gaze.core.prompt.Layout.Place;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One asset of a cast as a giver of words. Reads each section once; used by one composition, on one thread. */
final class Source {
    private static final List<List<String>> LORA_NAMES =
            List.of(List.of("lora", "lora_name"), List.of("lora", "path"), List.of("lora", "name"));

    private final Cast.Member member;
    private final @Nullable String outfit;
    private final Consumer<Problem> warnings;
    private final Map<String, Optional<JsonObject>> sections = new HashMap<>();

    /**
     * A giver of words.
     *
     * @param member the asset
     * @param outfit the outfit of its own wardrobe that is asked for; null for the active one
     * @param warnings told what was replaced
     */
    Source(Cast.Member member, @Nullable String outfit, Consumer<Problem> warnings) {
        this.member = member;
        this.outfit = outfit;
        this.warnings = warnings;
    }

    Category category() {
        return member.category();
    }

    AssetKey key() {
        return member.asset().key();
    }

    /** Whether this is that member of the cast. */
    boolean isMember(Cast.@Nullable Member other) {
        return member == other;
    }

    /** Whether this one's LoRA and triggers go in place of the other's (G76). */
    boolean standsInFor(Source other) {
        Optional<String> replaced = category().insteadOf();
        return replaced.isPresent() && replaced.get().equals(other.category().id());
    }

    /** The fields used when a request selects none; empty means all. */
    List<FieldAddress> defaultFields() {
        return member.asset().state().defaultFields();
    }

    /** Whether the file has this section, be it empty. */
    boolean has(Section section) {
        return json().get(section.name()).filter(JsonObject.class::isInstance).isPresent();
    }

    /** The texts of a field as they stand in the file; none when it is blank or missing. */
    List<String> texts(Place place) {
        String key = place.field().key();
        if (place.isTopLevel()) {
            return isId(place)
                    ? List.of(member.asset().id())
                    : AssetData.texts(json().get(key).orElse(null));
        }
        Optional<JsonValue> value = section(place.section()).flatMap(fields -> fields.get(key));
        return AssetData.texts(value.orElse(null));
    }

    /** Whether a field holds the name by which the asset is found, which is never a template. */
    boolean isId(Place place) {
        return place.isTopLevel() && place.field().key().equals(category().idKey());
    }

    /** The trigger words of its LoRA as they stand in the file. */
    List<String> triggers() {
        return AssetData.texts(json().at(FieldAddress.TRIGGERS.section(), FieldAddress.TRIGGERS.key())
                .orElse(null));
    }

    /** Whether it names a LoRA file or trigger words, and so can stand in for another asset. */
    boolean bringsLora() {
        return LORA_NAMES.stream()
                        .anyMatch(path ->
                                json().at(path).map(AssetData::texts).stream().anyMatch(texts -> !texts.isEmpty()))
                || !triggers().isEmpty();
    }

    /** The content as a value; only for types the category reads. */
    <T> T read(Class<T> type) {
        return category().read(type, member.asset().data()).orElseThrow();
    }

    /** Whether a flag is set, as a boolean or as text. */
    boolean flag(FieldAddress flag) {
        Optional<String> value = flag.section().equals(FieldAddress.SPECIAL)
                ? json().text(flag.key())
                : json().text(flag.section(), flag.key());
        return value.filter("true"::equalsIgnoreCase).isPresent();
    }

    private JsonObject json() {
        return member.asset().data().json();
    }

    private Optional<JsonObject> section(Section section) {
        Optional<JsonObject> known = sections.get(section.name());
        if (known == null) {
            known = json().get(section.name())
                    .filter(JsonObject.class::isInstance)
                    .map(JsonObject.class::cast)
                    .flatMap(found -> section.wardrobe() ? worn(found) : Optional.of(found));
            sections.put(section.name(), known);
        }
        return known;
    }

    /**
     * The fields of the outfit that is worn (G24). A wardrobe whose every value is an object holds outfits by name; any
     * other is the old form, a single outfit called {@code default}.
     */
    private Optional<JsonObject> worn(JsonObject wardrobe) {
        Map<String, JsonObject> outfits = outfits(wardrobe);
        String wanted = outfit != null
                ? outfit
                : Optional.ofNullable(member.asset().state().outfit()).orElse(Wardrobe.DEFAULT);
        JsonObject found = outfits.get(wanted);
        if (found == null && !wanted.equals(Wardrobe.DEFAULT)) {
            found = outfits.get(Wardrobe.DEFAULT);
            warnings.accept(Problem.of("Outfit '%s' is not in the wardrobe of %s; %s"
                            .formatted(wanted, key(), found == null ? "nothing is worn" : "'default' is worn instead"))
                    .at(key().toString())
                    .fix(NearestNames.fix(wanted, outfits.keySet(), "outfits")));
        }
        return Optional.ofNullable(found);
    }

    private static Map<String, JsonObject> outfits(JsonObject wardrobe) {
        Map<String, JsonObject> outfits = new HashMap<>();
        for (Map.Entry<String, JsonValue> entry : wardrobe.members().entrySet()) {
            if (!(entry.getValue() instanceof JsonObject fields)) {
                return Map.of(Wardrobe.DEFAULT, wardrobe);
            }
            outfits.put(entry.getKey(), fields);
        }
        return outfits;
    }
}
