package dev.gaze.core.prompt;

import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.prompt.Draft;
import dev.gaze.api.prompt.PromptPart;
import dev.gaze.api.prompt.PromptPart.Target;
import dev.gaze.api.prompt.PromptStage;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Refuses a prompt whose positive texts hold a name of the deny list. It stands in front of cross-dedup, so that a pair
 * that cancels hides nothing. Negatives are exempt: naming a thing there keeps it out.
 */
record DenyListStage(DenyList list) implements PromptStage {
    static final String ID = "deny-list";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Draft apply(Draft draft) {
        Set<String> texts = new LinkedHashSet<>(List.of(
                draft.positive(),
                draft.text(Target.FACE),
                draft.text(Target.HAND),
                draft.literals().face(),
                draft.literals().hand()));
        String main = draft.text(Target.MAIN);
        if (!draft.positive().contains(main)) { // a stage may have written another text
            texts.add(main);
        }
        for (PromptPart part : draft.parts()) {
            if (part.target() == Target.LORA) {
                texts.add(part.text());
            }
        }
        Optional<String> found =
                texts.stream().flatMap(text -> list.check(text).stream()).findFirst();
        if (found.isPresent()) {
            throw refusal(found.get(), draft);
        }
        return draft;
    }

    private GazeException refusal(String name, Draft draft) {
        Stream<Problem> parts = draft.parts().stream()
                .filter(part -> part.target() != Target.NEGATIVE)
                .flatMap(part -> problem(part.text(), PartOrigin.of(part)));
        Stream<Problem> literals = Stream.concat(
                problem(draft.literals().face(), "the template's face text"),
                problem(draft.literals().hand(), "the template's hand text"));
        List<Problem> problems = Stream.concat(parts, literals).distinct().toList();
        return new GazeException(
                Kind.REFUSED,
                null,
                problems.isEmpty() ? List.of(problemOf(name, "the texts of this prompt taken together")) : problems);
    }

    private Stream<Problem> problem(String text, String where) {
        return list.check(text).map(name -> problemOf(name, where)).stream();
    }

    private static Problem problemOf(String name, String where) {
        return Problem.of("'%s' is on the deny list; GAZE makes no such pictures".formatted(name))
                .at(where)
                .fix("remove it there");
    }
}
