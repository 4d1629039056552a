package dev.gaze.api.asset;

import dev.gaze.api.plugin.Position;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A part of an asset file: an object of fields at the top level, or the top-level fields themselves
 * ({@link FieldAddress#SPECIAL}). Immutable: every call returns a changed copy.
 *
 * @param name the key of the object in the file, or {@code special}
 * @param block the block its fields are written into unless they name another
 * @param position where that block stands; null when somebody else declares the block
 * @param fields its fields, in the order in which they are written
 * @param wardrobe whether it may hold several named outfits instead of fields (see {@link Wardrobe})
 * @param essential whether its filled fields are added when another asset's selection would leave them out (G39)
 */
public record Section(
        String name,
        String block,
        @Nullable Position position,
        List<Field> fields,
        boolean wardrobe,
        boolean essential) {

    /** Checks the names and copies the list. */
    public Section {
        if (Objects.requireNonNull(name, "name").isBlank() || block.isBlank()) {
            throw new IllegalArgumentException("A section needs a name and a block, such as 'action'");
        }
        fields = List.copyOf(fields);
    }

    /**
     * A section that is written into the block of its own name.
     *
     * @param name the key of the object in the file
     * @param keys its fields
     * @return the section
     */
    public static Section named(String name, String... keys) {
        return new Section(name, name, null, Arrays.stream(keys).map(Field::key).toList(), false, false);
    }

    /**
     * The fields at the top level of the file.
     *
     * @param fields the fields; each should name its block with {@link Field#in}
     * @return the section
     */
    public static Section topLevel(Field... fields) {
        return new Section(FieldAddress.SPECIAL, FieldAddress.SPECIAL, null, List.of(fields), false, false);
    }

    /**
     * Written into another block.
     *
     * @param block the name of the block
     * @return a changed copy
     */
    public Section in(String block) {
        return new Section(name, block, position, fields, wardrobe, essential);
    }

    /**
     * Declares the block, at a place of its own.
     *
     * @param position beside another block
     * @return a changed copy
     */
    public Section at(Position position) {
        return new Section(name, block, position, fields, wardrobe, essential);
    }

    /**
     * With these fields instead.
     *
     * @param fields the fields in order
     * @return a changed copy
     */
    public Section fields(Field... fields) {
        return new Section(name, block, position, List.of(fields), wardrobe, essential);
    }

    /**
     * May hold several named outfits.
     *
     * @return a changed copy
     */
    public Section asWardrobe() {
        return new Section(name, block, position, fields, true, essential);
    }

    /**
     * Must not be lost when another asset's selection of fields is used (G39).
     *
     * @return a changed copy
     */
    public Section asEssential() {
        return new Section(name, block, position, fields, wardrobe, true);
    }

    /**
     * The address of one of its fields.
     *
     * @param field one of {@link #fields}
     * @return {@code section::alias}
     */
    public FieldAddress address(Field field) {
        return new FieldAddress(name, field.alias());
    }
}
