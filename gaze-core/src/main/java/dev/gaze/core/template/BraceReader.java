package dev.gaze.core.template;

import dev.gaze.api.template.Sampling;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what starts with a brace: choices, ranges and names, variables, wraps. */
final class BraceReader {
    private static final Pattern BOUNDS =
            Pattern.compile("(?:(\\d{1,18})-(\\d{1,18})|(\\d{1,18})-|-(\\d{1,18})|(\\d{1,18}))\\$\\$");
    private static final Pattern SEPARATOR = Pattern.compile("([^${}]*)\\$\\$");
    private static final Pattern WEIGHT = Pattern.compile("( *)(\\d{1,15}(?:\\.\\d{0,15})?|\\.\\d{1,15})::");
    private static final Pattern COPIES = Pattern.compile(" *(\\d{1,18})#(?=__)");
    private static final Pattern BRACKET = Pattern.compile("\\[([\\p{L}\\p{N}_][\\p{L}\\p{N}_. -]*)\\]");
    private static final int MOST_COPIES = 10_000;

    private final Cursor cursor;
    private final TemplateParser parser;

    BraceReader(Cursor cursor, TemplateParser parser) {
        this.cursor = cursor;
        this.parser = parser;
    }

    boolean read(Pieces pieces) {
        switch (cursor.peek(0)) {
            case '$' -> pieces.add(variable());
            case '%' -> pieces.add(wrap());
            default -> pieces.add(braces());
        }
        return true;
    }

    // Choices --------------------------------------------------------------------------------------------------------

    private Node braces() {
        NumberRange.Read range = NumberRange.at(cursor.text, cursor.at, cursor.end);
        if (range != null) {
            cursor.at = range.end();
            return new Node.Range(range.numbers());
        }
        Node named = named();
        return named != null ? named : choice();
    }

    private Node choice() {
        int start = cursor.at++;
        parser.enter(start);
        Sampling mark = parser.mark();
        Bounds bounds = bounds();
        List<Entry> options = new ArrayList<>();
        Node last;
        do {
            last = option(options, start);
        } while (cursor.take("|"));
        close(start, "{");
        Node.Reference only = bounds != null && options.size() == 1 ? onlyReference(last) : null;
        return new Node.Choice(mark, bounds, ListPool.of(options), only);
    }

    private @Nullable Bounds bounds() {
        Matcher form = BOUNDS.matcher(cursor.text).region(cursor.at, cursor.end);
        if (!form.lookingAt()) {
            return null;
        }
        cursor.at = form.end();
        Matcher between = SEPARATOR.matcher(cursor.text).region(cursor.at, cursor.end);
        String separator = Bounds.COMMA;
        if (between.lookingAt()) {
            separator = between.group(1);
            cursor.at = between.end();
        }
        if (form.group(1) != null) {
            return new Bounds(Long.parseLong(form.group(1)), Long.parseLong(form.group(2)), separator);
        } else if (form.group(3) != null) {
            return new Bounds(Long.parseLong(form.group(3)), Long.MAX_VALUE, separator);
        } else if (form.group(4) != null) {
            return new Bounds(1, Long.parseLong(form.group(4)), separator);
        }
        long exactly = Long.parseLong(form.group(5));
        return new Bounds(exactly, exactly, separator);
    }

    /** Reads an option and adds it, as often as it asks to be there. */
    private Node option(List<Entry> options, int opened) {
        parser.skipLineBreak();
        Pieces pieces = new Pieces();
        double weight = weight(pieces);
        int copiesAt = cursor.at;
        Matcher times = COPIES.matcher(cursor.text).region(cursor.at, cursor.end);
        if (times.lookingAt()) {
            cursor.at = times.end();
            Node wildcard = parser.sequence(Context.OPTION);
            if (onlyReference(wildcard) != null) {
                long copies = Long.parseLong(times.group(1));
                if (copies > MOST_COPIES) {
                    throw cursor.malformed(
                            copiesAt,
                            "An option stands %d times; at most %d are accepted".formatted(copies, MOST_COPIES),
                            null);
                }
                Entry option = Entry.option(wildcard, weight);
                for (long i = 0; i < copies; i++) {
                    options.add(option);
                }
                return new Node.Sequence(List.of(wildcard)); // copies of a wildcard are options themselves
            }
            pieces.add(times.group());
            pieces.add(wildcard);
        } else {
            pieces.add(parser.sequence(Context.OPTION));
        }
        if (cursor.atEnd()) {
            throw unclosed(opened, "{");
        }
        Node node = pieces.node();
        options.add(Entry.option(node, weight));
        return node;
    }

    private double weight(Pieces pieces) {
        Matcher form = WEIGHT.matcher(cursor.text).region(cursor.at, cursor.end);
        if (!form.lookingAt()) {
            return 1;
        }
        cursor.at = form.end();
        pieces.add(form.group(1));
        return Double.parseDouble(form.group(2));
    }

    /** The wildcard that a node is, but for blanks around it. */
    private static Node.@Nullable Reference onlyReference(Node node) {
        if (node instanceof Node.Reference reference) {
            return reference;
        }
        if (!(node instanceof Node.Sequence sequence) || sequence.parts().size() < 2) {
            return null;
        }
        Node.Reference only = null;
        for (Node part : sequence.parts()) {
            if (part instanceof Node.Reference reference && only == null) {
                only = reference;
            } else if (!(part instanceof Node.Text text) || !text.text().isBlank()) {
                return null;
            }
        }
        return only;
    }

    // Names ----------------------------------------------------------------------------------------------------------

    /** {@code {a}}, {@code {a:b.c}} or {@code {a: [b] and [c]}}; null, and nothing read, when it is a choice. */
    private @Nullable Node named() {
        int start = cursor.at++;
        String name = cursor.name();
        Node node = null;
        if (name != null && cursor.take("}")) {
            node = new Node.Named(name);
        } else if (name != null && cursor.take(":")) {
            int close = closing();
            if (close >= 0) {
                String inside = cursor.text.substring(cursor.at, close);
                cursor.at = close + 1;
                String raw = cursor.text.substring(start, cursor.at);
                node = isDotted(inside)
                        ? new Node.NamedPath(name, inside.replace('.', '/'), raw)
                        : bracketed(name, inside);
            }
        }
        if (node == null) {
            cursor.at = start;
        }
        return node;
    }

    /** The next closing brace, when nothing stands in front of it that only a choice holds; else -1. */
    private int closing() {
        for (int i = cursor.at; i < cursor.end; i++) {
            char c = cursor.text.charAt(i);
            if (c == '}') {
                return i;
            }
            if (c == '{' || c == '|' || c == '$' || c == '\\') {
                return -1;
            }
        }
        return -1;
    }

    private static boolean isDotted(String path) {
        if (path.isEmpty() || path.startsWith(".") || path.endsWith(".")) {
            return false;
        }
        return path.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.');
    }

    private static @Nullable Node bracketed(String name, String inside) {
        Pieces pieces = new Pieces();
        Matcher bracket = BRACKET.matcher(inside);
        int copied = 0;
        while (bracket.find()) {
            pieces.add(inside.substring(copied, bracket.start()));
            pieces.add(bracket(bracket.group()));
            copied = bracket.end();
        }
        if (copied == 0) {
            return null;
        }
        pieces.add(inside.substring(copied));
        pieces.trim();
        return new Node.NamedText(name, pieces.list());
    }

    /** Reads {@code [a.b]}. */
    static Node.Bracket bracket(String raw) {
        return new Node.Bracket(raw.substring(1, raw.length() - 1).strip().replace('.', '/'), raw);
    }

    static Matcher bracketIn(String text) {
        return BRACKET.matcher(text);
    }

    // Variables and wraps --------------------------------------------------------------------------------------------

    private Node variable() {
        int start = cursor.at;
        cursor.at += 2;
        parser.enter(start);
        String name = cursor.name();
        if (name == null) {
            throw malformed(start);
        }
        Node node;
        boolean unlessSet = cursor.take("?=");
        if (unlessSet || cursor.take("=")) {
            boolean now = cursor.take("!");
            node = new Node.Assign(name, unlessSet, now, parser.sequence(Context.BRACE));
            close(start, "${");
        } else {
            Node otherwise = cursor.take(":") ? parser.sequence(Context.BRACE) : null;
            if (!cursor.atEnd() && cursor.peek(0) != '}') {
                throw malformed(start);
            }
            close(start, "${");
            node = new Node.Access(name, otherwise, cursor.text.substring(start, cursor.at));
        }
        return node;
    }

    private Node wrap() {
        int start = cursor.at;
        cursor.at += 2;
        parser.enter(start);
        Node frame = parser.sequence(Context.FRAME);
        if (!cursor.take("$$")) {
            throw cursor.malformed(
                    start, "A wrap '%{' has no '$$' between frame and inside", "write it as %{a photo of ...$$a fox}");
        }
        Node inside = parser.sequence(Context.BRACE);
        close(start, "%{");
        return new Node.Wrap(frame, inside);
    }

    private void close(int opened, String what) {
        if (!cursor.take("}")) {
            throw unclosed(opened, what);
        }
        parser.leave();
    }

    private RuntimeException unclosed(int opened, String what) {
        return cursor.malformed(
                opened,
                "'%s' is never closed".formatted(what),
                "close it with '}', or write '\\" + what + "' for the text itself");
    }

    private RuntimeException malformed(int start) {
        return cursor.malformed(
                start,
                "This is no variable; expected a name, then '}', '=', '?=' or ':'",
                "write ${name}, ${name=value} or ${name:default}, or '\\${' for the text itself");
    }
}
