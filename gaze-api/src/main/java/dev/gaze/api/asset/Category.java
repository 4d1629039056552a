package dev.gaze.api.asset;

import dev.gaze.api.plugin.Extension;
import dev.gaze.api.plugin.Position;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A kind of asset, declared as data: its folder, its sections and fields, its model file. A declaration is all it takes:
 * repository, sync, prompt and cover follow from it (G150). Immutable: every call returns a changed copy.
 *
 * <pre>{@code
 * Category.named("pose").folder("poses").section("pose", after("action"), "full_body", "arms", "hands")
 * }</pre>
 */
public final class Category implements Extension {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");
    private static final Pattern NOT_SLUG = Pattern.compile("[^A-Za-z0-9_]");

    private final String name;
    private final String folder;
    private final String idKey;
    private final Position position;
    private final List<Section> sections;
    private final ModelFile model;
    private final double loraWeight;
    private final Traits traits;
    private final Map<Class<?>, Function<AssetData, ?>> readers;

    /**
     * @param single at most one of them in a request
     * @param plainBackground a picture made for one of them gets a plain background (G41)
     * @param slugKeepsGaps characters a slug cannot hold become {@code _} instead of vanishing (G158)
     * @param insteadOf the category whose LoRA and triggers one of these replaces; blank for none
     * @param guide what a language model is told; null for what follows from the sections
     */
    private record Traits(
            boolean single,
            boolean plainBackground,
            boolean slugKeepsGaps,
            String insteadOf,
            @Nullable Supplier<Guide> guide) {}

    private Category(
            String name,
            String folder,
            String idKey,
            Position position,
            List<Section> sections,
            ModelFile model,
            double loraWeight,
            Traits traits,
            Map<Class<?>, Function<AssetData, ?>> readers) {
        this.name = name;
        this.folder = folder;
        this.idKey = idKey;
        this.position = position;
        this.sections = List.copyOf(sections);
        this.model = model;
        this.loraWeight = loraWeight;
        this.traits = traits;
        this.readers = Map.copyOf(readers);
    }

    /**
     * A category with nothing but a name: its files lie in a folder of that name with an {@code s}, their id stands at
     * {@code <name>_id}, their display name at {@code <name>_name}, their LoRA at {@code lora.lora_name}.
     *
     * @param name a lower-case word: letters, digits, {@code _}
     * @return the category
     */
    public static Category named(String name) {
        if (!NAME.matcher(Objects.requireNonNull(name, "name")).matches()) {
            throw new IllegalArgumentException(
                    "Category name '%s' is not accepted; expected a lower-case word such as 'pose'".formatted(name));
        }
        return new Category(
                name,
                name + "s",
                name + "_id",
                Position.ANYWHERE,
                List.of(),
                ModelFile.LORA,
                1.0,
                new Traits(false, false, false, "", null),
                Map.of());
    }

    // What it is -----------------------------------------------------------------------------------------------------

    /** The name of the category, such as {@code outfit}. */
    @Override
    public String id() {
        return name;
    }

    /**
     * The folder of its files below {@code data}.
     *
     * @return one path element
     */
    public String folder() {
        return folder;
    }

    /**
     * The key of the id in its files.
     *
     * @return {@code <name>_id} unless said otherwise
     */
    public String idKey() {
        return idKey;
    }

    /**
     * The key of the display name in its files.
     *
     * @return {@code <name>_name}
     */
    public String nameKey() {
        return name + "_name";
    }

    /**
     * Where it stands among the categories, which is the order of extras in a prompt.
     *
     * @return without a wish, where its block stands
     */
    public Position position() {
        return position;
    }

    /**
     * The sections of its files.
     *
     * @return in the order of declaration
     */
    public List<Section> sections() {
        return sections;
    }

    /**
     * The model file its assets name.
     *
     * @return the declaration
     */
    public ModelFile model() {
        return model;
    }

    /**
     * The weight of an asset's LoRA when its file gives none (G79).
     *
     * @return 1 unless said otherwise
     */
    public double loraWeight() {
        return loraWeight;
    }

    /**
     * Whether a request may hold at most one of them.
     *
     * @return true for characters, looks and checkpoints
     */
    public boolean isSingle() {
        return traits.single;
    }

    /**
     * Whether a picture made for one of them gets a plain background (G41).
     *
     * @return false unless said otherwise
     */
    public boolean hasPlainBackground() {
        return traits.plainBackground;
    }

    /**
     * The category whose LoRA and trigger words one of these replaces while chosen (G76).
     *
     * @return its name; empty for none
     */
    public Optional<String> insteadOf() {
        return Optional.of(traits.insteadOf).filter(text -> !text.isEmpty());
    }

    /**
     * What a language model is told when it writes one of them (G130).
     *
     * @return the guide that was declared; empty when it is to follow from the sections
     */
    public Optional<Guide> guide() {
        return Optional.ofNullable(traits.guide).map(Supplier::get);
    }

    /**
     * The slug of an id (G7, G157, G158).
     *
     * @param id any text
     * @return ASCII letters, digits and {@code _}; may be empty
     */
    public String slug(String id) {
        return NOT_SLUG.matcher(id).replaceAll(traits.slugKeepsGaps ? "_" : "");
    }

    /**
     * The content of an asset in which every field is still to be filled in.
     *
     * @param id its id; the name follows from it: {@code mira_vale} is shown as {@code Mira Vale}
     * @return each declared field, empty, under its section
     */
    public AssetData blank(String id) {
        return Blank.of(this, id);
    }

    /**
     * Whether its assets can be read as {@code type}.
     *
     * @param type a value type, such as {@code Subject} or {@code CheckpointSettings}
     * @return true when a reader was declared
     */
    public boolean reads(Class<?> type) {
        return readers.containsKey(type);
    }

    /**
     * Reads an asset's content as a value.
     *
     * @param type a value type
     * @param data the content
     * @param <T> the value type
     * @return the value; empty when no reader was declared for the type
     */
    public <T> Optional<T> read(Class<T> type, AssetData data) {
        return Optional.ofNullable(readers.get(type)).map(reader -> type.cast(reader.apply(data)));
    }

    // How it is declared ---------------------------------------------------------------------------------------------

    /**
     * Its files lie elsewhere.
     *
     * @param folder one path element below {@code data}
     * @return a changed copy
     */
    public Category folder(String folder) {
        if (!NAME.matcher(folder).matches()) {
            throw new IllegalArgumentException(
                    "Folder '%s' of category '%s' is not accepted; expected e.g. 'poses'".formatted(folder, name));
        }
        return new Category(name, folder, idKey, position, sections, model, loraWeight, traits, readers);
    }

    /**
     * Its id stands at another key.
     *
     * @param key a top-level key
     * @return a changed copy
     */
    public Category idKey(String key) {
        return new Category(name, folder, key, position, sections, model, loraWeight, traits, readers);
    }

    /**
     * Stands at a place of its own among the categories.
     *
     * @param position beside another category
     * @return a changed copy
     */
    public Category at(Position position) {
        return new Category(name, folder, idKey, position, sections, model, loraWeight, traits, readers);
    }

    /**
     * Has one more section, with a block of its own.
     *
     * @param section the key of the object in the file, and the name of the block
     * @param position where the block stands
     * @param keys its fields
     * @return a changed copy
     */
    public Category section(String section, Position position, String... keys) {
        return section(Section.named(section, keys).at(position));
    }

    /**
     * Has one more section.
     *
     * @param section the section
     * @return a changed copy
     */
    public Category section(Section section) {
        List<Section> more = new ArrayList<>(sections);
        more.add(section);
        return new Category(name, folder, idKey, position, more, model, loraWeight, traits, readers);
    }

    /**
     * Has one more section of top-level fields.
     *
     * @param fields the fields, each with its block
     * @return a changed copy
     */
    public Category topLevel(Field... fields) {
        return section(Section.topLevel(fields));
    }

    /**
     * Its assets name another model file than a LoRA at {@code lora.lora_name}.
     *
     * @param model the declaration
     * @return a changed copy
     */
    public Category model(ModelFile model) {
        return new Category(name, folder, idKey, position, sections, model, loraWeight, traits, readers);
    }

    /**
     * Its LoRA files lie in these folders.
     *
     * @param prefixes folders below {@code loras}, with a slash at the end
     * @return a changed copy
     */
    public Category loras(String... prefixes) {
        return model(model.below(prefixes));
    }

    /**
     * The weight of a LoRA when the file gives none.
     *
     * @param weight -100 … 100
     * @return a changed copy
     */
    public Category loraWeight(double weight) {
        return new Category(name, folder, idKey, position, sections, model, weight, traits, readers);
    }

    /**
     * At most one of them in a request.
     *
     * @return a changed copy
     */
    public Category single() {
        return with(new Traits(true, traits.plainBackground, traits.slugKeepsGaps, traits.insteadOf, traits.guide));
    }

    /**
     * Pictures made for one of them get a plain background.
     *
     * @return a changed copy
     */
    public Category plainBackground() {
        return with(new Traits(traits.single, true, traits.slugKeepsGaps, traits.insteadOf, traits.guide));
    }

    /**
     * Characters a slug cannot hold become {@code _}, which keeps paths readable.
     *
     * @return a changed copy
     */
    public Category slugKeepsGaps() {
        return with(new Traits(traits.single, traits.plainBackground, true, traits.insteadOf, traits.guide));
    }

    /**
     * While one of these is chosen, its LoRA and triggers stand in for those of another category.
     *
     * @param category the name of the other category
     * @return a changed copy
     */
    public Category insteadOf(String category) {
        return with(new Traits(traits.single, traits.plainBackground, traits.slugKeepsGaps, category, traits.guide));
    }

    /**
     * Language models are told this when they write one of them, instead of what follows from the sections.
     *
     * @param guide gives the guide; asked when one is written
     * @return a changed copy
     */
    public Category guide(Supplier<Guide> guide) {
        return with(new Traits(traits.single, traits.plainBackground, traits.slugKeepsGaps, traits.insteadOf, guide));
    }

    /**
     * Its assets can be read as a value.
     *
     * @param type the value type
     * @param reader makes the value; pure, and lenient: what is missing gets a default. A value out of its range is an
     *     {@link IllegalArgumentException}
     * @param <T> the value type
     * @return a changed copy
     */
    public <T> Category reading(Class<T> type, Function<AssetData, ? extends T> reader) {
        Map<Class<?>, Function<AssetData, ?>> more = new LinkedHashMap<>(readers);
        more.put(type, reader);
        return new Category(name, folder, idKey, position, sections, model, loraWeight, traits, more);
    }

    private Category with(Traits traits) {
        return new Category(name, folder, idKey, position, sections, model, loraWeight, traits, readers);
    }

    /** {@code pose (poses): pose[full_body, arms, hands]}. */
    @Override
    public String toString() {
        return name + " (" + folder + "): "
                + String.join(
                        ", ",
                        sections.stream()
                                .map(section -> section.name()
                                        + Arrays.toString(section.fields().stream()
                                                .map(Field::key)
                                                .toArray()))
                                .toList());
    }
}
