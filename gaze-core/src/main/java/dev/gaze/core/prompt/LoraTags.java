package dev.gaze.core.prompt;

import java.util.ArrayList;
import java.util.List;

/**
 * A text, and the LoRAs that stood in it as {@code <lora:name:strength>}. ComfyUI would read them as words, so they are
 * taken out and join the LoRA chain.
 *
 * @param text what is left
 * @param tags the LoRAs as they were written, in order
 */
record LoraTags(String text, List<String> tags) {
    private static final String START = "<lora:";

    static LoraTags takeOut(String text) {
        int start = next(text, 0);
        if (start < 0) {
            return new LoraTags(text, List.of());
        }
        List<String> tags = new ArrayList<>();
        StringBuilder rest = new StringBuilder(text.length());
        int copied = 0;
        for (int end; start >= 0 && (end = text.indexOf('>', start)) >= 0; start = next(text, copied)) {
            tags.add(text.substring(start, end + 1));
            rest.append(text, copied, start);
            copied = end + 1;
            boolean blankBefore = rest.length() == 0 || Character.isWhitespace(rest.charAt(rest.length() - 1));
            while (blankBefore && copied < text.length() && text.charAt(copied) == ' ') {
                copied++;
            }
        }
        return new LoraTags(rest.append(text, copied, text.length()).toString(), tags);
    }

    private static int next(String text, int from) {
        for (int at = text.indexOf('<', from); at >= 0; at = text.indexOf('<', at + 1)) {
            if (text.regionMatches(true, at, START, 0, START.length())) {
                return at;
            }
        }
        return -1;
    }
}
