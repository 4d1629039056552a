package dev.gaze.comfy.workflow;

import dev.gaze.api.json.JsonText;
import dev.gaze.api.prompt.LiteralTexts;
import dev.gaze.api.prompt.Prompt;
import dev.gaze.api.workflow.Role;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The marks that stand for words in a template (G28). Beside the original's three there is one for the negative. */
enum Placeholder {
    POSITIVE(LiteralTexts.POSITIVE_PLACEHOLDER, Prompt::main),
    NEGATIVE("{{NEGATIVE_PROMPT}}", Prompt::negative),
    FACE(LiteralTexts.FACE_PLACEHOLDER, Prompt::faceSent),
    HAND(LiteralTexts.HAND_PLACEHOLDER, Prompt::handSent);

    private final String mark;
    private final Function<Prompt, String> words;

    Placeholder(String mark, Function<Prompt, String> words) {
        this.mark = mark;
        this.words = words;
    }

    /** The one for the words of a text role. */
    static Placeholder of(Role role) {
        return switch (role) {
            case POSITIVE -> POSITIVE;
            case NEGATIVE -> NEGATIVE;
            case FACE_PROMPT -> FACE;
            case HAND_PROMPT -> HAND;
            default -> throw new IllegalArgumentException("Role " + role.key() + " has no words");
        };
    }

    String mark() {
        return mark;
    }

    boolean isIn(String text) {
        return text.contains(mark);
    }

    boolean isIn(GraphNode node) {
        return node.inputs().values().stream().anyMatch(value -> value instanceof JsonText text && isIn(text.value()));
    }

    /**
     * The text with every mark replaced. Words are put in once and never read again, so a mark inside them stays what
     * it is.
     */
    static String fill(String text, Prompt prompt) {
        int from = text.indexOf("{{");
        if (from < 0) {
            return text;
        }
        StringBuilder filled = new StringBuilder(text.substring(0, from));
        while (from < text.length()) {
            Placeholder found = text.startsWith("{{", from) ? at(text, from) : null;
            if (found == null) {
                filled.append(text.charAt(from++));
            } else {
                filled.append(found.words.apply(prompt));
                from += found.mark.length();
            }
        }
        return filled.toString();
    }

    private static @Nullable Placeholder at(String text, int index) {
        for (Placeholder placeholder : values()) {
            if (text.startsWith(placeholder.mark, index)) {
                return placeholder;
            }
        }
        return null;
    }
}
