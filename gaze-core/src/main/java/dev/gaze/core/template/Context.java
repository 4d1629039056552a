package dev.gaze.core.template;

/** Inside what a text is read, which decides where it ends. */
enum Context {
    /** A whole template: it ends where the text ends. */
    WHOLE,
    /** An option: {@code |} and {@code }} end it. */
    OPTION,
    /** A value in braces: <code>}</code> ends it. */
    BRACE,
    /** The frame of a wrap: {@code $$} ends it. */
    FRAME,
    /** The value of a parameter: a comma or a parenthesis that it has not opened itself ends it. */
    ARGUMENT
}
