package dev.gaze.api.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.problem.GazeException.Kind;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ProblemTest {

    @Test
    void an_exception_lists_every_problem_with_place_and_fix() {
        GazeException exception = new GazeException(
                Kind.INVALID,
                "2 problems with the installed plugins; nothing was loaded.",
                List.of(
                        Problem.of("LoRA slot 'pose' is declared twice")
                                .at("a.jar and b.jar")
                                .fix("remove one jar"),
                        Problem.of("Slot 'pose' has no neighbour")));

        assertThat(exception).hasMessage("""
                        2 problems with the installed plugins; nothing was loaded.
                        1. LoRA slot 'pose' is declared twice
                           where  a.jar and b.jar
                           fix    remove one jar
                        2. Slot 'pose' has no neighbour""");
    }

    @Test
    void only_what_may_pass_is_retryable() {
        for (Kind kind : Kind.values()) {
            assertThat(new GazeException(kind, Problem.of("x")).retryable())
                    .as(kind.name())
                    .isEqualTo(kind == Kind.UNAVAILABLE || kind == Kind.TIMEOUT);
        }
    }

    @Test
    void a_slip_of_the_finger_finds_the_name_that_was_meant() {
        List<String> outfits = List.of("raincoat", "stage", "swimsuit", "winter_coat");

        assertThat(NearestNames.of("raincaot", outfits)).containsExactly("raincoat");
        assertThat(NearestNames.of("RAIN", outfits)).containsExactly("raincoat");
        assertThat(NearestNames.of("zzz", outfits)).isEmpty();
        assertThat(NearestNames.fix("raincaot", outfits, "outfits")).isEqualTo("did you mean 'raincoat'?");
        assertThat(NearestNames.fix("zzz", outfits, "outfits"))
                .isEqualTo("outfits: raincoat, stage, swimsuit, winter_coat");
        assertThat(NearestNames.fix("zzz", List.of(), "outfits")).isNull();
    }
}
