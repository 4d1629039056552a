package dev.gaze.llm.writer;

import dev.gaze.api.writer.WrittenPrompt.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the prompts out of an answer: blocks that begin with {@code PROMPT:} or {@code NEGATIVE:}, in any case, decorated
 * or not, over as many lines as the model likes; a line such as {@code Option 2: Dusk} ends one and names the next. An
 * answer without marks is one prompt.
 */
final class PromptReader {
    private static final String DECORATION = "[\\s*_#>`-]{0,20}";
    private static final Pattern MARK = Pattern.compile(
            "^" + DECORATION
                    + "(?:(positive\\s{1,5})?(prompt)|(negative)(?:\\s{1,5}prompt)?)[*_]{0,3}\\s?:[*_]{0,3}(.*)$",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern LABEL = Pattern.compile(
            "^" + DECORATION + "((?:option|variant|version|variation)\\s{1,5}\\w.*)$", Pattern.CASE_INSENSITIVE);
    /** Within a prompt a label has a number or a letter: "variation of warm light" is a part of the prompt. */
    private static final Pattern COUNTED =
            Pattern.compile("^\\w+\\s{1,5}(?:\\d{1,3}|[A-Z]|(?i:one|two|three|four|five))\\b");

    private static final Pattern FENCE = Pattern.compile("^\\s*```\\w*\\s*$");

    /** Some models write both on one line; only as they were told to, so that no prompt is torn apart. */
    private static final Pattern INLINE = Pattern.compile("(?<=\\s)(?=NEGATIVE(?: PROMPT)?:)");

    private final List<Option> options = new ArrayList<>();
    private final StringBuilder before = new StringBuilder();
    private final StringBuilder prompt = new StringBuilder();
    private final StringBuilder negative = new StringBuilder();
    private StringBuilder into = before;
    private String label = "";
    private boolean marked;

    private PromptReader() {}

    /**
     * Reads an answer.
     *
     * @param text all of it
     * @return at least one
     */
    static List<Option> read(String text) {
        PromptReader reader = new PromptReader();
        for (String line : INLINE.matcher(text).replaceAll("\n").split("\\R", -1)) {
            reader.line(line);
        }
        return reader.end(text);
    }

    private void line(String line) {
        Matcher mark = MARK.matcher(line);
        Matcher named = LABEL.matcher(line);
        if (mark.matches()) {
            boolean isPrompt = mark.group(3) == null;
            if (isPrompt && marked) {
                finish("");
            }
            marked |= isPrompt;
            into = isPrompt ? prompt : negative;
            into.append(into.length() > 0 ? "\n" : "").append(mark.group(4).strip());
        } else if (named.matches() && isLabel(named.group(1))) {
            if (prompt.length() + negative.length() > 0) {
                finish("");
            }
            label = named.group(1).replaceAll("[\\s*_#:]+$", "").strip();
            into = before;
        } else if (!FENCE.matcher(line).matches()) {
            into.append(into.length() > 0 ? "\n" : "").append(line);
        }
    }

    private boolean isLabel(String text) {
        return text.length() < 200 && (into == before || COUNTED.matcher(text).find());
    }

    private void finish(String otherwise) {
        String words = prompt.toString().strip();
        options.add(new Option(
                label, words.isEmpty() ? otherwise : words, negative.toString().strip()));
        prompt.setLength(0);
        negative.setLength(0);
        marked = false;
        label = "";
    }

    private List<Option> end(String text) {
        if (marked || options.isEmpty() || negative.length() > 0) {
            if (!marked && options.isEmpty()) {
                label = "";
            }
            finish(negative.length() > 0 ? before.toString().strip() : text.strip());
        }
        List<Option> told =
                options.stream().filter(option -> !option.prompt().isEmpty()).toList();
        return told.isEmpty() ? List.of(new Option("", text.strip(), "")) : told;
    }
}
