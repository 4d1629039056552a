package dev.gaze.core.template;

import dev.gaze.api.template.Sampling;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code __wildcards__} and {@code [brackets]}. What starts like one and is none stays text; the parts that were
 * read on the way are kept, so that nothing is read twice.
 */
final class ReferenceReader {
    private static final String MARKER = "__";

    private final Cursor cursor;
    private final TemplateParser parser;

    ReferenceReader(Cursor cursor, TemplateParser parser) {
        this.cursor = cursor;
        this.parser = parser;
    }

    boolean read(Pieces pieces) {
        int start = cursor.at;
        cursor.at += MARKER.length();
        Sampling mark = parser.mark();
        Pieces spilt = new Pieces(); // what goes into the text when this is no wildcard
        spilt.add(cursor.text.substring(start, cursor.at));
        Pieces path = new Pieces();
        int from = cursor.at;
        path(path, spilt);
        boolean named = cursor.at > from && cursor.text.charAt(from) != ' ' && cursor.text.charAt(cursor.at - 1) != ' ';
        List<Node.Argument> arguments = List.of();
        if (named && cursor.peek(0) == '(') {
            arguments = arguments(start, spilt);
        }
        if (named && arguments != null && cursor.take(MARKER)) {
            String raw = cursor.text.substring(start, cursor.at);
            pieces.add(new Node.Reference(mark, path.node(), arguments, Set.of(), raw));
        } else {
            spilt.list().forEach(pieces::add);
        }
        return true;
    }

    private void path(Pieces path, Pieces spilt) {
        while (!cursor.atEnd() && !cursor.sees(MARKER)) {
            char c = cursor.peek(0);
            if (c == '{' || c == '$' && cursor.peek(1) == '{') {
                Pieces form = new Pieces();
                parser.form(form);
                form.list().forEach(node -> {
                    path.add(node);
                    spilt.add(node);
                });
            } else if (isPathCharacter(c)) {
                path.add(c);
                spilt.add(c);
                cursor.at++;
            } else {
                return;
            }
        }
    }

    private boolean isPathCharacter(char c) {
        if (c == '\\') {
            char next = cursor.peek(1);
            return Character.isLetterOrDigit(next);
        }
        return Character.isLetterOrDigit(c) || "_-./ *?".indexOf(c) >= 0;
    }

    /** Reads the parameters; null when they are malformed, so that all that was read is text. */
    private @Nullable List<Node.Argument> arguments(int start, Pieces spilt) {
        List<Node.Argument> arguments = new ArrayList<>();
        parser.enter(start);
        try {
            do {
                int from = cursor.at++; // the parenthesis, or the comma
                cursor.skipBlanks();
                String name = cursor.name();
                cursor.skipBlanks();
                boolean assigned = name != null && cursor.take("=");
                spilt.add(cursor.text.substring(from, cursor.at));
                if (!assigned || name == null) {
                    return null;
                }
                Pieces value = parser.pieces(Context.ARGUMENT);
                value.list().forEach(spilt::add);
                value.trim();
                arguments.add(new Node.Argument(name, value.node()));
            } while (cursor.peek(0) == ',');
            return cursor.take(")") && spill(spilt) ? arguments : null;
        } finally {
            parser.leave();
        }
    }

    private static boolean spill(Pieces spilt) {
        spilt.add(')');
        return true;
    }

    /** {@code [sky]}, where brackets mean something. */
    boolean bracket(Pieces pieces) {
        Matcher form = BraceReader.bracketIn(cursor.text).region(cursor.at, cursor.end);
        if (!form.lookingAt()) {
            return false;
        }
        pieces.add(BraceReader.bracket(form.group()));
        cursor.at = form.end();
        return true;
    }
}
