package dev.gaze.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gaze.api.plan.LoraSlot;
import dev.gaze.api.plugin.Extension;
import dev.gaze.api.plugin.GazePlugin;
import dev.gaze.api.plugin.Position;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.prompt.Draft;
import dev.gaze.api.prompt.PromptStage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What is said of a plugin that breaks its own word: it is told, and the others are read all the same. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PluginReadingTest {

    @Test
    void what_gaze_does_not_know_is_told_with_what_it_knows() {
        record Oddity(String id) implements Extension {}

        assertThat(problems(Fixed.of("a.kit", new Oddity("odd"))))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.what())
                            .startsWith("Extension 'odd' is of a type that GAZE does not know: ")
                            .endsWith("Oddity");
                    assertThat(problem.fix())
                            .startsWith(
                                    "known are AuthorSource, Block, Category, ChatBackend, ChatTool, ChatToolSource, LoraSlot, PresetProvider, PromptStage, PromptTarget, RenderBackend, TagSource, WorkflowPatch");
                });
    }

    @Test
    void bad_names_are_told_with_the_rule() {
        assertThat(problems(
                        Fixed.of("bad name"),
                        Fixed.of("a.kit", LoraSlot.named("a/b"), new Stage("", Position.ANYWHERE))))
                .extracting(Problem::what)
                .containsExactly(
                        "Plugin id 'bad name' is not accepted",
                        "Extension id 'a/b' of class 'dev.gaze.api.plan.LoraSlot' is not accepted",
                        "Extension id '' of class 'dev.gaze.core.plugin.PluginReadingTest$Stage' is not accepted");
    }

    @Test
    void a_plugin_that_throws_is_told_and_hides_no_other() {
        GazePlugin broken = throwing(new IllegalStateException("no licence\nsecond line"));
        GazePlugin endless = throwing(new StackOverflowError());

        assertThat(whats(
                        broken, endless, Fixed.of("a.kit", LoraSlot.named("hat").after("nobody"))))
                .containsExactly(
                        "Plugin 'studio.IllegalStateException' failed to tell its extensions: IllegalStateException: no licence",
                        "Plugin 'studio.StackOverflowError' failed to tell its extensions: StackOverflowError",
                        "LoRA slot 'hat' wants to stand after LoRA slot 'nobody', which nobody declares");
    }

    @Test
    void an_exhausted_machine_is_not_blamed_on_a_plugin() {
        assertThat(catchThrowableOfType(
                        OutOfMemoryError.class, () -> load(List.of(throwing(new OutOfMemoryError("really"))))))
                .hasMessage("really");
    }

    @Test
    void nulls_are_told() {
        GazePlugin nameless = new Fixed(null, List.of());
        List<Extension> withNull = new ArrayList<>(Arrays.asList(null, LoraSlot.named("hat"), new Stage("s", null)));

        assertThat(whats(nameless, new Fixed("a.kit", null), new Fixed("b.kit", withNull)))
                .containsExactly(
                        "Plugin id 'null' is not accepted",
                        "Plugin 'a.kit' returns no list of extensions",
                        "Plugin 'b.kit' lists an extension that is null",
                        "Prompt stage 's' gives null for its place");
    }

    private static GazePlugin throwing(Throwable failure) {
        return new GazePlugin() {
            @Override
            public String id() {
                return "studio." + failure.getClass().getSimpleName();
            }

            @Override
            public List<Extension> extensions() {
                if (failure instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) failure;
            }
        };
    }

    private record Stage(String id, Position position) implements PromptStage {
        @Override
        public Draft apply(Draft draft) {
            return draft;
        }
    }

    private static List<String> whats(GazePlugin... plugins) {
        return problems(plugins).stream().map(Problem::what).toList();
    }

    private static List<Problem> problems(GazePlugin... plugins) {
        return refused(plugins).problems();
    }

    private static GazeException refused(GazePlugin... plugins) {
        return catchThrowableOfType(GazeException.class, () -> load(List.of(plugins)));
    }

    private static Installed load(List<GazePlugin> plugins) {
        return PluginLoader.load(plugins, Set.of(), false);
    }
}
