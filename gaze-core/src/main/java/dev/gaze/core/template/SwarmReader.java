package dev.gaze.core.template;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the tags SwarmUI writes for what this grammar has other words for: {@code <random:a,b>}, {@code <wildcard:x>},
 * {@code <setvar[x]:v>} … Others, and those that are malformed, are plain text.
 */
final class SwarmReader {
    private static final Pattern TAG = Pattern.compile(
            "<(random|wildcard|wc|setvar|var|setmacro|macro|repeat|comment)(?:\\[([^\\[\\]<>]*)\\])?(?=[:>])");
    private static final Pattern COUNT = Pattern.compile("(\\d{1,9})(?:-(\\d{1,9}))?(,?)");
    private static final Pattern WITHOUT = Pattern.compile(",\\s*not=");

    private final Cursor cursor;
    private final TemplateParser parser;
    private @Nullable Map<Integer, Integer> closing;

    SwarmReader(Cursor cursor, TemplateParser parser) {
        this.cursor = cursor;
        this.parser = parser;
    }

    /** One tag: what stands in its brackets, and where its body is. */
    private record Tag(int start, String name, @Nullable String brackets, int from, int close) {
        boolean hasBody() {
            return from <= close;
        }
    }

    boolean read(Pieces pieces) {
        Tag tag = tag();
        if (tag == null) {
            return false;
        }
        parser.enter(tag.start);
        boolean understood = switch (tag.name) {
            case "random" -> random(tag, pieces);
            case "wildcard", "wc" -> wildcard(tag, pieces);
            case "setvar" -> assign(tag, true, pieces);
            case "setmacro" -> assign(tag, false, pieces);
            case "var", "macro" -> access(tag, pieces);
            case "repeat" -> repeat(tag, pieces);
            default -> true; // a comment
        };
        parser.leave();
        if (understood) {
            cursor.at = tag.close + 1;
        }
        return understood;
    }

    private @Nullable Tag tag() {
        Matcher form = TAG.matcher(cursor.text).region(cursor.at, cursor.end);
        if (!form.lookingAt()) {
            return null;
        }
        Integer close = closing().get(cursor.at);
        if (close == null || close >= cursor.end || close < form.end()) {
            return null;
        }
        return new Tag(cursor.at, form.group(1), form.group(2), form.end() + 1, close);
    }

    /** Where each tag ends: found once for the whole text, so that tags without an end cost nothing more. */
    private Map<Integer, Integer> closing() {
        if (closing == null) {
            closing = pairs(cursor.text);
        }
        return closing;
    }

    private static Map<Integer, Integer> pairs(String text) {
        Map<Integer, Integer> pairs = new HashMap<>();
        Deque<Integer> open = new ArrayDeque<>();
        Matcher tag = TAG.matcher(text);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '{' || c == '<' && tag.region(i, text.length()).lookingAt()) {
                open.push(i);
            } else if (c == '>' && !open.isEmpty() && text.charAt(open.peek()) == '<') {
                pairs.put(open.pop(), i);
            } else if (c == '}') {
                while (!open.isEmpty() && text.charAt(open.pop()) == '<') {
                    // a tag that was not closed inside the braces is none
                }
            }
        }
        return pairs;
    }

    // Tags -----------------------------------------------------------------------------------------------------------

    private boolean random(Tag tag, Pieces pieces) {
        Bounds bounds = bounds(tag.brackets);
        if (!tag.hasBody() || tag.brackets != null && bounds == null) {
            return false;
        }
        List<Entry> options = new ArrayList<>();
        int from = tag.from;
        for (int cut : cuts(tag.from, tag.close)) {
            options.add(Entry.option(trimmed(from, cut), 1));
            from = cut + (cursor.text.startsWith("||", cut) ? 2 : 1);
        }
        options.add(Entry.option(trimmed(from, tag.close), 1));
        pieces.add(new Node.Choice(null, bounds, ListPool.of(options), null));
        return true;
    }

    private boolean wildcard(Tag tag, Pieces pieces) {
        Bounds bounds = bounds(tag.brackets);
        if (!tag.hasBody() || tag.brackets != null && bounds == null) {
            return false;
        }
        Set<String> without = new TreeSet<>();
        int nameEnd = tag.close;
        Matcher not = WITHOUT.matcher(cursor.text).region(tag.from, tag.close);
        if (not.find()) {
            nameEnd = not.start();
            for (String value : cursor.text.substring(not.end(), tag.close).split(",")) {
                without.add(value.strip());
            }
        }
        Node path = trimmed(tag.from, nameEnd);
        Node.Reference reference = new Node.Reference(null, path, List.of(), without, raw(tag));
        pieces.add(
                bounds == null
                        ? reference
                        : new Node.Choice(null, bounds, ListPool.of(List.of(Entry.option(reference, 1))), reference));
        return true;
    }

    /** {@code <setvar[x]:v>} is evaluated at once and printed, unless it says {@code [x,false]}. */
    private boolean assign(Tag tag, boolean now, Pieces pieces) {
        String[] brackets = tag.brackets == null ? new String[] {""} : tag.brackets.split(",");
        String name = brackets[0].strip();
        if (!tag.hasBody() || !Cursor.isName(name)) {
            return false;
        }
        pieces.add(new Node.Assign(name, false, now, trimmed(tag.from, tag.close)));
        boolean printed = brackets.length < 2 || !brackets[1].strip().equals("false");
        if (now && printed) {
            pieces.add(new Node.Access(name, null, ""));
        }
        return true;
    }

    private boolean access(Tag tag, Pieces pieces) {
        String name = tag.hasBody() ? cursor.text.substring(tag.from, tag.close).strip() : "";
        if (!Cursor.isName(name)) {
            return false;
        }
        pieces.add(new Node.Access(name, null, raw(tag)));
        return true;
    }

    private boolean repeat(Tag tag, Pieces pieces) {
        Bounds times = bounds(tag.brackets);
        if (times == null || !tag.hasBody()) {
            return false;
        }
        pieces.add(new Node.Repeat(times, trimmed(tag.from, tag.close)));
        return true;
    }

    private String raw(Tag tag) {
        return cursor.text.substring(tag.start, tag.close + 1);
    }

    /** {@code 2}, {@code 1-3}, joined by a blank, or by a comma when one stands behind: {@code 1-3,}. */
    private static @Nullable Bounds bounds(@Nullable String brackets) {
        Matcher form = COUNT.matcher(brackets == null ? "" : brackets.strip());
        if (!form.matches()) {
            return null;
        }
        long least = Long.parseLong(form.group(1));
        long most = form.group(2) == null ? least : Long.parseLong(form.group(2));
        return new Bounds(least, most, form.group(3).isEmpty() ? Bounds.BLANK : Bounds.COMMA);
    }

    /** Where the options are cut: at {@code ||}, else at {@code |}, else at commas; not inside braces and tags. */
    private List<Integer> cuts(int from, int to) {
        List<Integer> twoBars = new ArrayList<>();
        List<Integer> bars = new ArrayList<>();
        List<Integer> commas = new ArrayList<>();
        int depth = 0;
        for (int i = from; i < to; i++) {
            char c = cursor.text.charAt(i);
            Integer inner = c == '<' ? closing().get(i) : null;
            if (c == '\\') {
                i++;
            } else if (inner != null) {
                i = inner;
            } else if (c == '{') {
                depth++;
            } else if (c == '}') {
                depth--;
            } else if (depth == 0 && c == '|') {
                boolean two = i + 1 < to && cursor.text.charAt(i + 1) == '|';
                (two ? twoBars : bars).add(i);
                i += two ? 1 : 0;
            } else if (depth == 0 && c == ',') {
                commas.add(i);
            }
        }
        return !twoBars.isEmpty() ? twoBars : !bars.isEmpty() ? bars : commas;
    }

    /** A part of the text as a template of its own. */
    private Node trimmed(int from, int to) {
        int at = cursor.at;
        int end = cursor.end;
        cursor.at = from;
        cursor.end = to;
        Pieces pieces = parser.pieces(Context.WHOLE);
        cursor.at = at;
        cursor.end = end;
        pieces.trim();
        return pieces.node();
    }
}
