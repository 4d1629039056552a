package dev.gaze.api.asset;

import dev.gaze.api.plugin.Position;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One key of an asset file, and where its words go. Immutable: every call returns a changed copy.
 *
 * @param key the key in the file
 * @param alias the key in its {@link FieldAddress}; differs from {@code key} only where the file's key is not what
 *     people select by ({@code character_id} is selected as {@code special::name})
 * @param block the block of the main prompt it is written into; null means the block of its section
 * @param name whether it is a name, in which every parenthesis is escaped
 * @param selectable whether a selection of fields can leave it out; false means it is always written
 * @param silent whether it is kept in the file but not written into any prompt
 * @param faceFeed how it feeds the face prompt; null when it does not
 * @param handFeed how it feeds the hand prompt; null when it does not
 * @param insteadOf it feeds face or hand only when all of these are blank; empty means always
 * @param unlessChosen it is silent when an asset of this category is chosen; null means never
 */
public record Field(
        String key,
        String alias,
        @Nullable String block,
        boolean name,
        boolean selectable,
        boolean silent,
        @Nullable Feed faceFeed,
        @Nullable Feed handFeed,
        List<FieldAddress> insteadOf,
        @Nullable String unlessChosen) {

    /**
     * How a field feeds the face or hand prompt.
     *
     * @param position its place among the fields that feed it, whose names are addresses such as
     *     {@code identity::eyes}; without a wish, the order of the main prompt
     * @param when a flag of the same asset, true as a boolean or as text, that must be set; null means always
     */
    public record Feed(Position position, @Nullable FieldAddress when) {}

    /** Checks the key and copies the list. */
    public Field {
        if (Objects.requireNonNull(key, "key").isBlank()) {
            throw new IllegalArgumentException("A field needs a key, such as 'hair'");
        }
        insteadOf = List.copyOf(insteadOf);
    }

    /**
     * A field that is written into the block of its section.
     *
     * @param key the key in the file
     * @return the field
     */
    public static Field key(String key) {
        return new Field(key, key, null, false, true, false, null, null, List.of(), null);
    }

    /**
     * Selected under another key than the file has.
     *
     * @param alias the key in its address
     * @return a changed copy
     */
    public Field as(String alias) {
        return new Field(key, alias, block, name, selectable, silent, faceFeed, handFeed, insteadOf, unlessChosen);
    }

    /**
     * Written into another block than that of its section.
     *
     * @param block the name of the block
     * @return a changed copy
     */
    public Field in(String block) {
        return new Field(key, alias, block, name, selectable, silent, faceFeed, handFeed, insteadOf, unlessChosen);
    }

    /**
     * A name: every parenthesis in it is escaped.
     *
     * @return a changed copy
     */
    public Field asName() {
        return new Field(key, alias, block, true, selectable, silent, faceFeed, handFeed, insteadOf, unlessChosen);
    }

    /**
     * Written whatever is selected.
     *
     * @return a changed copy
     */
    public Field always() {
        return new Field(key, alias, block, name, false, silent, faceFeed, handFeed, insteadOf, unlessChosen);
    }

    /**
     * Part of the file but of no prompt.
     *
     * @return a changed copy
     */
    public Field notWritten() {
        return new Field(key, alias, block, name, selectable, true, faceFeed, handFeed, insteadOf, unlessChosen);
    }

    /**
     * Also feeds the face prompt, in the order of the main prompt.
     *
     * @return a changed copy
     */
    public Field face() {
        return face(Position.ANYWHERE);
    }

    /**
     * Also feeds the face prompt, at a place of its own.
     *
     * @param position beside another field, named by its address
     * @return a changed copy
     */
    public Field face(Position position) {
        return feeding(new Feed(position, null), handFeed);
    }

    /**
     * Also feeds the face prompt when a flag of its asset is set.
     *
     * @param flag the address of the flag, such as {@code focus::face}
     * @return a changed copy
     */
    public Field faceWhen(String flag) {
        return feeding(new Feed(Position.ANYWHERE, FieldAddress.parse(flag)), handFeed);
    }

    /**
     * Also feeds the hand prompt, in the order of the main prompt.
     *
     * @return a changed copy
     */
    public Field hand() {
        return hand(Position.ANYWHERE);
    }

    /**
     * Also feeds the hand prompt, at a place of its own.
     *
     * @param position beside another field, named by its address
     * @return a changed copy
     */
    public Field hand(Position position) {
        return feeding(faceFeed, new Feed(position, null));
    }

    /**
     * Also feeds the hand prompt when a flag of its asset is set.
     *
     * @param flag the address of the flag, such as {@code focus::hands}
     * @return a changed copy
     */
    public Field handWhen(String flag) {
        return feeding(faceFeed, new Feed(Position.ANYWHERE, FieldAddress.parse(flag)));
    }

    /**
     * Feeds face or hand only in place of others: when all of them are blank.
     *
     * @param addresses the others
     * @return a changed copy
     */
    public Field insteadOf(String... addresses) {
        List<FieldAddress> others =
                Arrays.stream(addresses).map(FieldAddress::parse).toList();
        return new Field(key, alias, block, name, selectable, silent, faceFeed, handFeed, others, unlessChosen);
    }

    /**
     * Silent when an asset of another category is chosen.
     *
     * @param category the name of that category
     * @return a changed copy
     */
    public Field unlessChosen(String category) {
        return new Field(key, alias, block, name, selectable, silent, faceFeed, handFeed, insteadOf, category);
    }

    private Field feeding(@Nullable Feed face, @Nullable Feed hand) {
        return new Field(key, alias, block, name, selectable, silent, face, hand, insteadOf, unlessChosen);
    }
}
