package dev.gaze.core.template;

/**
 * The left side of a wrap, cut where its dots are.
 *
 * @param before what stands in front of the inside; all of it when there are no dots
 * @param behind what stands behind it
 */
record Frame(String before, String behind) {

    /** Cuts at the first three or more dots, or the ellipsis character. */
    static Frame of(String text) {
        int dots = 0;
        while (dots < text.length() && text.charAt(dots) != '…' && !text.startsWith("...", dots)) {
            dots++;
        }
        int behind = dots;
        if (behind < text.length() && text.charAt(behind) == '…') {
            behind++;
        } else {
            while (behind < text.length() && text.charAt(behind) == '.') {
                behind++;
            }
        }
        return new Frame(text.substring(0, dots), text.substring(behind));
    }
}
