package dev.gaze.core.template;

import dev.gaze.api.template.Sampling;
import org.jspecify.annotations.Nullable;

/**
 * Reads templates. Every character is looked at a bounded number of times: what turns out to be no wildcard after all
 * keeps the parts that were read. Used once.
 *
 * <p>The forms in braces are read by {@link BraceReader}, {@code __wildcards__} by {@link ReferenceReader}, {@code <tags>}
 * by {@link SwarmReader}; this class reads what stands between.
 */
public final class TemplateParser {
    private static final String UNDERSCORES = "__";

    private final Cursor cursor;
    private final boolean brackets;
    private final BraceReader braces;
    private final ReferenceReader references;
    private final SwarmReader tags;
    private int open;

    private TemplateParser(String text, boolean brackets) {
        this.brackets = brackets;
        cursor = new Cursor(text);
        braces = new BraceReader(cursor, this);
        references = new ReferenceReader(cursor, this);
        tags = new SwarmReader(cursor, this);
    }

    /**
     * Reads a template.
     *
     * @param text the template
     * @return its tree
     * @throws dev.gaze.api.problem.GazeException {@code INVALID} when something is not closed or malformed, with line,
     *     column and offset
     */
    public static Node parse(String text) {
        return entry(text, false);
    }

    /**
     * Reads an entry of a wildcard.
     *
     * @param text the entry
     * @param brackets whether {@code [sky]} names a list of the object it belongs to
     * @return its tree
     * @throws dev.gaze.api.problem.GazeException as {@link #parse}
     */
    static Node entry(String text, boolean brackets) {
        if (!brackets && isPlain(text)) {
            return new Node.Text(text);
        }
        return new TemplateParser(text, brackets).sequence(Context.WHOLE);
    }

    /**
     * Whether a text cannot be anything but plain text. Costs one look at each character.
     *
     * @param text a text
     * @return false when it holds a character templates give a meaning to, be it without one here
     */
    public static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '{', '#', '<' -> {
                    return false;
                }
                case '_' -> {
                    if (text.startsWith(UNDERSCORES, i)) {
                        return false;
                    }
                }
                case '\\' -> {
                    if (i + 1 < text.length() && isEscapable(text.charAt(i + 1))) {
                        return false;
                    }
                }
                default -> {}
            }
        }
        return true;
    }

    /** Reads up to what ends the context, which is left to be taken. */
    Node sequence(Context context) {
        return pieces(context).node();
    }

    Pieces pieces(Context context) {
        Pieces pieces = new Pieces();
        if (context == Context.OPTION) {
            skipLineBreak();
        }
        int parentheses = 0;
        while (!cursor.atEnd()) {
            char c = cursor.peek(0);
            if (context == Context.ARGUMENT && c == '(') {
                parentheses++;
            } else if (context == Context.ARGUMENT && c == ')' && parentheses > 0) {
                parentheses--;
            } else if (ends(context, c)) {
                if (context == Context.ARGUMENT && parentheses > 0 && c == ',') {
                    pieces.add(c);
                    cursor.at++;
                    continue;
                }
                break;
            }
            read(c, pieces);
        }
        if (context == Context.OPTION) {
            pieces.trimLineEnd();
        }
        return pieces;
    }

    private boolean ends(Context context, char c) {
        return switch (context) {
            case WHOLE -> false;
            case OPTION -> c == '|' || c == '}';
            case BRACE -> c == '}';
            case FRAME -> c == '$' && cursor.peek(1) == '$';
            case ARGUMENT -> c == ',' || c == ')' || c == '}';
        };
    }

    private void read(char c, Pieces pieces) {
        boolean form = switch (c) {
            case '\\' -> escape(pieces);
            case '{' -> braces.read(pieces);
            case '$', '%' -> cursor.peek(1) == '{' && braces.read(pieces);
            case '_' -> cursor.peek(1) == '_' && references.read(pieces);
            case '<' -> tags.read(pieces);
            case '[' -> brackets && references.bracket(pieces);
            case '#' -> comment();
            default -> false;
        };
        if (!form) {
            pieces.add(c);
            cursor.at++;
        }
    }

    /** Reads what starts with a brace, where nothing else may stand. */
    void form(Pieces pieces) {
        braces.read(pieces);
    }

    private boolean escape(Pieces pieces) {
        char next = cursor.peek(1);
        if (isEscapable(next) && (next != '|' || open > 0)) {
            pieces.add(next);
            cursor.at += 2;
            return true;
        }
        if (next == '_' && cursor.peek(2) == '_') {
            pieces.add(UNDERSCORES);
            cursor.at += 3;
            return true;
        }
        return false;
    }

    private static boolean isEscapable(char c) {
        return c == '{' || c == '}' || c == '#' || c == '$' || c == '%' || c == '|';
    }

    /** First on a line it takes the line away, between blanks the rest of the line. */
    private boolean comment() {
        char before = cursor.at == 0 ? '\n' : cursor.text.charAt(cursor.at - 1);
        char behind = cursor.peek(1);
        boolean line = before == '\n';
        if (!line && !(Character.isWhitespace(before) && (behind == '\0' || Character.isWhitespace(behind)))) {
            return false;
        }
        int feed = cursor.text.indexOf('\n', cursor.at);
        if (feed < 0 || feed >= cursor.end) {
            cursor.at = cursor.end;
        } else {
            cursor.at = line ? feed + 1 : feed;
        }
        return true;
    }

    /** Skips blanks if a line ends among them. */
    void skipLineBreak() {
        int i = cursor.at;
        boolean lineEnds = false;
        while (i < cursor.end && Character.isWhitespace(cursor.text.charAt(i))) {
            lineEnds |= cursor.text.charAt(i) == '\n';
            i++;
        }
        if (lineEnds) {
            cursor.at = i;
        }
    }

    /** Within braces {@code \|} is an escape. */
    void enter(int opened) {
        cursor.enter(opened);
        open++;
    }

    void leave() {
        open--;
        cursor.leave();
    }

    /** Takes the mark of a way of choosing, if what follows is not just a text that starts like one. */
    @Nullable
    Sampling mark() {
        Sampling mark = switch (cursor.peek(0)) {
            case '~' -> Sampling.RANDOM;
            case '!' -> Sampling.COMBINATORIAL;
            case '@' -> Sampling.CYCLICAL;
            default -> null;
        };
        if (mark == null || !mayFollowMark()) {
            return null;
        }
        cursor.at++;
        return mark;
    }

    private boolean mayFollowMark() {
        char next = cursor.peek(1);
        if (next == '-') {
            int i = 2;
            while (Cursor.isDigit(cursor.peek(i))) {
                i++;
            }
            return i > 2 && cursor.peek(i) == '$' && cursor.peek(i + 1) == '$';
        }
        return Character.isLetterOrDigit(next)
                || next == ' '
                || next == '{'
                || next == '$'
                || next == '.'
                || next == '_' && cursor.peek(2) == '_';
    }
}
