package dev.gaze.core.prompt;

import dev.gaze.api.asset.Block;
import dev.gaze.api.asset.Field;
import dev.gaze.api.asset.FieldAddress;
import dev.gaze.api.prompt.PromptPart;
import dev.gaze.api.prompt.PromptPart.Target;
import dev.gaze.core.prompt.Expansion.Expanded;
import dev.gaze.core.prompt.Layout.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The words one asset gives for one field.
 *
 * @param source who gives them
 * @param block the block they are written into
 * @param address the field
 * @param field how it was declared; null for trigger words, which are no declared field
 * @param tags the words; may be empty when only LoRAs stood there
 * @param loras LoRAs that stood among the words
 * @param template what they were expanded from; null when they were no template
 */
record FieldWords(
        Source source,
        String block,
        FieldAddress address,
        @Nullable Field field,
        TagList tags,
        List<String> loras,
        @Nullable String template) {

    /** The words of a declared field; null when it says nothing. */
    static @Nullable FieldWords of(Source source, Place place, Expansion expansion) {
        Function<String, TagList> reading = place.field().name() ? TagText::name : TagText::field;
        List<String> texts = source.texts(place);
        Expanded words = source.isId(place)
                ? new Expanded(texts, null)
                : expansion.all(texts, () -> where(source, place.address()));
        return of(source, place.block(), place.address(), place.field(), words, reading);
    }

    /** The trigger words of an asset; null when it has none. */
    static @Nullable FieldWords triggers(Source source, Expansion expansion) {
        Expanded words = expansion.all(source.triggers(), () -> where(source, FieldAddress.TRIGGERS));
        return of(source, Block.TRIGGERS, FieldAddress.TRIGGERS, null, words, TagText::field);
    }

    private static String where(Source source, FieldAddress address) {
        return source.key() + " " + address;
    }

    private static @Nullable FieldWords of(
            Source source,
            String block,
            FieldAddress address,
            @Nullable Field field,
            Expanded words,
            Function<String, TagList> reading) {
        List<TagList.Item> items = new ArrayList<>();
        List<String> loras = new ArrayList<>();
        for (String text : words.texts()) {
            LoraTags taken = LoraTags.takeOut(text);
            loras.addAll(taken.tags());
            items.addAll(reading.apply(taken.text()).items());
        }
        return items.isEmpty() && loras.isEmpty()
                ? null
                : new FieldWords(source, block, address, field, TagList.of(items), loras, words.template());
    }

    FieldWords with(TagList other) {
        return new FieldWords(source, block, address, field, other, loras, template);
    }

    /** Adds these words to a text, if there are any. */
    void addTo(List<PromptPart> parts, Target target) {
        addTo(parts, target, block);
    }

    /** Adds these words to a text, under the name of another block or of a stage. */
    void addTo(List<PromptPart> parts, Target target, String block) {
        if (!tags.isEmpty()) {
            parts.add(new PromptPart(target, tags.text(), block, source.key(), address, template));
        }
    }

    /** Adds the LoRAs that stood among the words. */
    void addLorasTo(List<PromptPart> parts) {
        for (String lora : loras) {
            parts.add(new PromptPart(Target.LORA, lora, block, source.key(), address, template));
        }
    }
}
