package dev.gaze.api.asset;

import dev.gaze.api.plugin.Extension;
import dev.gaze.api.plugin.Position;
import java.util.Objects;

/**
 * A named stretch of the main prompt: {@code identity}, {@code wardrobe}, {@code action} …. Fields are written into
 * blocks, and the blocks follow one another. A section that asks for a {@link Position} declares a block of its own
 * name; a block several sections share is declared by itself.
 *
 * @param id its name
 * @param position where it stands among the blocks
 */
public record Block(String id, Position position) implements Extension {
    /** Who and how many there are; written by GAZE from the subject's participants. */
    public static final String HEAD = "head";
    /** The trigger words of the LoRAs, in the order of their slots; written by GAZE. */
    public static final String TRIGGERS = "triggers";
    /** Not part of the main prompt: what is written here goes to the negative text. */
    public static final String NEGATIVE = "negative";

    /** Checks that there is a name. */
    public Block {
        if (Objects.requireNonNull(id, "id").isBlank()) {
            throw new IllegalArgumentException("A block needs a name, such as 'action'");
        }
        Objects.requireNonNull(position, "position");
    }

    /**
     * A block without a wish for its place.
     *
     * @param name its name
     * @return the block
     */
    public static Block named(String name) {
        return new Block(name, Position.ANYWHERE);
    }
}
