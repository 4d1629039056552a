package dev.gaze.core.prompt;

import dev.gaze.api.problem.Problem;
import dev.gaze.api.prompt.PromptPart;
import dev.gaze.api.prompt.PromptPart.Target;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What other programs read as an instruction and ComfyUI as words. It is sent as it stands, with a warning.
 */
final class ForeignSyntax {
    private ForeignSyntax() {}

    static List<Problem> warnings(List<PromptPart> parts) {
        Set<Problem> warnings = new LinkedHashSet<>();
        for (PromptPart part : parts) {
            if (part.target() != Target.LORA) {
                for (String found : in(part.text())) {
                    warnings.add(Problem.of("ComfyUI reads %s as plain words; it is sent as it stands".formatted(found))
                            .at(PartOrigin.of(part)));
                }
            }
        }
        return List.copyOf(warnings);
    }

    private static List<String> in(String text) {
        List<String> found = new ArrayList<>();
        if (hasWord(text, "BREAK")) {
            found.add("BREAK");
        }
        if (hasWord(text, "AND")) {
            found.add("AND");
        }
        for (int open = text.indexOf('['); open >= 0; open = text.indexOf('[', open + 1)) {
            int close = text.indexOf(']', open);
            String inside = close < 0 ? "" : text.substring(open + 1, close);
            if (inside.indexOf('|') >= 0) {
                found.add("the alternation [a|b]");
            } else if (inside.indexOf(':') >= 0
                    && Weight.isNumber(inside, inside.lastIndexOf(':') + 1, inside.length())) {
                found.add("the schedule [a:b:0.5]");
            }
        }
        if (text.indexOf('<') >= 0 && (text.contains("<lora:") || text.contains("<lyco:"))) {
            found.add("<lora:…>");
        }
        return found;
    }

    private static boolean hasWord(String text, String word) {
        for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
            int end = at + word.length();
            if ((at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)))
                    && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)))) {
                return true;
            }
        }
        return false;
    }
}
