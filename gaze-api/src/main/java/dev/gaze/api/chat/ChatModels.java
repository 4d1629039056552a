package dev.gaze.api.chat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The models a server has (P18).
 *
 * @param names as the server spells them, in its order
 * @param preferred the one used when a request names none; null when nobody chose one. It need not be among the names.
 */
public record ChatModels(List<String> names, @Nullable String preferred) {

    /** Copies the list. */
    public ChatModels {
        names = List.copyOf(names);
    }

    /**
     * Whether a request may name a model (P75).
     *
     * @param name the model
     * @return true for the preferred one and those of the server
     */
    public boolean offers(String name) {
        return name.equals(preferred) || names.contains(name);
    }
}
