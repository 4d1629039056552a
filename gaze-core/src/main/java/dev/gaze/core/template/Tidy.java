package dev.gaze.core.template;

/** The last touch: single blanks, single commas, none of either at the ends, and no blank before a comma. */
final class Tidy {
    private Tidy() {}

    static String text(CharSequence raw) {
        return isTidy(raw, 0) ? raw.toString() : tidied(raw);
    }

    /**
     * Whether there is nothing to tidy.
     *
     * @param from how many characters at the beginning are known to be those of a text that was tidy
     */
    static boolean isTidy(CharSequence raw, int from) {
        int length = raw.length();
        char before = from == 0 ? ',' : raw.charAt(from - 1); // neither a blank nor a comma may come first
        for (int i = from; i < length; i++) {
            char c = raw.charAt(i);
            if (c <= ' ' || c > 0x7F && Character.isWhitespace(c)) {
                if (c != ' ' || before == ' ' || i == 0) {
                    return false;
                }
                before = ' ';
            } else if (c == ',') {
                if (before == ' ' || before == ',') {
                    return false;
                }
                before = ',';
            } else {
                before = c;
            }
        }
        return length == 0 || before != ' ' && before != ',';
    }

    static String tidied(CharSequence raw) {
        StringBuilder text = new StringBuilder(raw.length());
        boolean comma = false;
        boolean blank = false;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == ',') {
                comma = true;
                blank = false;
            } else if (Character.isWhitespace(c)) {
                blank = true;
            } else {
                if (text.length() > 0 && comma) {
                    text.append(',');
                }
                if (text.length() > 0 && blank) {
                    text.append(' ');
                }
                text.append(c);
                comma = false;
                blank = false;
            }
        }
        return text.toString();
    }
}
