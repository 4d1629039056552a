package dev.gaze.api.plan;

import dev.gaze.api.plugin.Extension;
import dev.gaze.api.plugin.Position;
import java.util.List;
import java.util.Objects;

/**
 * A place in the LoRA chain. Declared as data: its name, where it stands, and which categories fill it. GAZE's own are
 * {@code character} (look, then character), {@code outfit}, {@code action} and {@code style} (style, then detailer, then
 * scene). Immutable: every call returns a changed copy.
 *
 * @param id its name, such as {@code pose}
 * @param position where it stands in the chain
 * @param categories who may fill it, the first that brings a LoRA wins (see {@link LoraPolicy})
 */
public record LoraSlot(String id, Position position, List<String> categories) implements Extension {

    /** Checks the name and copies the list. */
    public LoraSlot {
        if (Objects.requireNonNull(id, "id").isBlank()) {
            throw new IllegalArgumentException("A LoRA slot needs a name, such as 'pose'");
        }
        Objects.requireNonNull(position, "position");
        categories = List.copyOf(categories);
    }

    /**
     * A slot that nobody fills yet.
     *
     * @param name its name
     * @return the slot
     */
    public static LoraSlot named(String name) {
        return new LoraSlot(name, Position.ANYWHERE, List.of());
    }

    /**
     * Directly behind another slot.
     *
     * @param slot the name of the other
     * @return a changed copy
     */
    public LoraSlot after(String slot) {
        return new LoraSlot(id, Position.after(slot), categories);
    }

    /**
     * Directly in front of another slot.
     *
     * @param slot the name of the other
     * @return a changed copy
     */
    public LoraSlot before(String slot) {
        return new LoraSlot(id, Position.before(slot), categories);
    }

    /**
     * Filled by these categories.
     *
     * @param categories their names, the one that wins first
     * @return a changed copy
     */
    public LoraSlot filledBy(String... categories) {
        return new LoraSlot(id, position, List.of(categories));
    }
}
