package dev.gaze.core.template;

import dev.gaze.api.template.Sampling;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What may be written. Immutable. Nodes that choose count their uses by identity, so two that look the same are two.
 */
public sealed interface Node {

    /** Text as it stands. */
    record Text(String text) implements Node {
        static final Text NONE = new Text("");
    }

    /** Parts from left to right. An assignment among them holds for those behind it. */
    record Sequence(List<Node> parts) implements Node {
        public Sequence {
            parts = List.copyOf(parts);
        }
    }

    /**
     * One or several of some options: {@code {2$$ and $$a|b}}.
     *
     * @param mark its own way of choosing; null for that of what encloses it
     * @param bounds how many; null for one
     * @param options what there is to choose from
     * @param only the wildcard that is the only option, whose values are the options; null for anything else
     */
    record Choice(
            @Nullable Sampling mark,
            @Nullable Bounds bounds,
            Pool options,
            @Nullable Reference only) implements Node {}

    /** A number out of a range: {@code {1-3}}. */
    record Range(NumberRange numbers) implements Node {}

    /**
     * An entry of a wildcard: {@code __hue/warm(size=big)__}.
     *
     * @param mark its own way of choosing; null for that of what encloses it
     * @param path where it is looked up; may choose as well
     * @param arguments variables for the entry's text
     * @param without values that are not chosen
     * @param raw how it was written
     */
    record Reference(@Nullable Sampling mark, Node path, List<Argument> arguments, Set<String> without, String raw)
            implements Node {
        public Reference {
            arguments = List.copyOf(arguments);
            without = Set.copyOf(without);
        }
    }

    /** A variable that holds inside a wildcard's text. */
    record Argument(String name, Node value) {}

    /** {@code {beach}}: the wildcard of that name, else the name itself. */
    record Named(String name) implements Node {}

    /** {@code {place:indoor}}: a list below a wildcard's object. */
    record NamedPath(String name, String path, String raw) implements Node {}

    /** {@code {beach: [sea], [sky]}}: text, in which brackets name lists below {@code name}. */
    record NamedText(String name, List<Node> parts) implements Node {
        public NamedText {
            parts = List.copyOf(parts);
        }
    }

    /** {@code [sky]} where brackets mean something: a list of the object the text belongs to. */
    record Bracket(String path, String raw) implements Node {}

    /**
     * {@code ${x=v}}: sets a variable and prints nothing.
     *
     * @param unlessSet whether one that is set already stays ({@code ?=})
     * @param now whether it is evaluated once, here ({@code =!}), instead of at each use
     */
    record Assign(String name, boolean unlessSet, boolean now, Node value) implements Node {}

    /** {@code ${x:default}}: a variable's value. */
    record Access(String name, @Nullable Node otherwise, String raw) implements Node {}

    /** {@code %{frame ...$$inside}}: the inside where the frame has dots. */
    record Wrap(Node frame, Node inside) implements Node {}

    /** {@code <repeat[3]:t>}: the same template several times. */
    record Repeat(Bounds times, Node what) implements Node {}
}
