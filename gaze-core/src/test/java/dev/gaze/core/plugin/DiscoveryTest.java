package dev.gaze.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gaze.api.plan.LoraSlot;
import dev.gaze.api.plugin.GazePlugin;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins in jars of their own, found as a running application finds them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DiscoveryTest {
    private static final ClassLoader OURS = PluginLoader.class.getClassLoader();

    @TempDir
    private Path folder;

    private Jars jars;

    @BeforeEach
    void start() {
        jars = new Jars(folder);
    }

    @Test
    @Tag("G150")
    void a_jar_on_the_class_path_is_all_it_takes() throws IOException {
        good("hats-1.0.jar", "Hats", "hats");

        assertThat(slots(true, Set.of())).contains("hats");
    }

    @Test
    void the_context_class_loader_is_asked_too() throws IOException {
        good("hats-1.0.jar", "Hats", "hats");
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(jars.loader(OURS));
        try {
            assertThat(PluginLoader.load(List.of(), Set.of(), true).slots())
                    .extracting(LoraSlot::id)
                    .contains("hats");
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void one_class_seen_by_two_class_loaders_counts_once() throws IOException {
        good("hats-1.0.jar", "Hats", "hats");
        ClassLoader first = jars.loader(OURS);
        ClassLoader second = jars.loader(OURS);

        Installed installed = PluginLoader.load(List.of(), Set.of(), true, Arrays.asList(first, second, first, null));

        assertThat(installed.slots()).extracting(LoraSlot::id).containsOnlyOnce("hats");
    }

    @Test
    void what_two_class_loaders_cannot_load_is_told_once() throws IOException {
        orphan();
        jars.jar(
                "sad.jar",
                Map.of(
                        "Sad",
                        Jars.plugin("Sad", "sad", "")
                                .replace("public String id", "public Sad() { throw new Error(); } public String id")),
                "stranger.Sad\n");
        jars.jar("garbled.jar", Map.of("Thing", "package stranger; class Thing {}"), "this is no class name\n");
        ClassLoader parent = jars.loader(OURS);
        List<ClassLoader> loaders = List.of(parent, new URLClassLoader(new URL[0], parent), parent);

        GazeException refused =
                catchThrowableOfType(GazeException.class, () -> PluginLoader.load(List.of(), Set.of(), true, loaders));

        assertThat(refused.problems()).hasSize(3);
    }

    @Test
    void what_is_handed_over_is_not_found_once_more() throws Exception {
        good("hats-1.0.jar", "Hats", "hats");
        ClassLoader loader = jars.loader(OURS);
        GazePlugin given =
                (GazePlugin) loader.loadClass("stranger.Hats").getConstructor().newInstance();

        Installed installed = PluginLoader.load(List.of(given), Set.of(), true, List.of(loader));

        assertThat(installed.slots()).extracting(LoraSlot::id).containsOnlyOnce("hats");
    }

    @Test
    void with_only_given_plugins_those_of_others_are_not_looked_for() throws IOException {
        good("hats-1.0.jar", "Hats", "hats");

        assertThat(slots(false, Set.of())).containsExactly("character", "outfit", "action", "style");
    }

    @Test
    void with_only_given_plugins_what_is_broken_about_others_does_no_harm() throws IOException {
        orphan();
        jars.jar("garbled.jar", Map.of("Thing", "package stranger; class Thing {}"), "this is no class name\n");

        assertThat(slots(false, Set.of())).hasSize(4);
    }

    @Test
    void a_provider_whose_super_class_is_missing_is_told_with_its_jar_and_hides_no_other() throws IOException {
        good("a-1.0.jar", "Alpha", "alpha");
        orphan();
        good("z-1.0.jar", "Zulu", "zulu");

        assertThat(problems()).singleElement().satisfies(problem -> {
            assertThat(problem.what())
                    .isEqualTo("Plugin class 'stranger.Orphan' cannot be loaded: class stranger.Parent is missing");
            assertThat(problem.where()).isEqualTo("stranger.Orphan in orphan-2.0.jar");
            assertThat(problem.fix())
                    .isEqualTo(
                            "put what is missing on the class path, remove the jar, or leave it out: Gaze.builder().without(\"stranger.Orphan\")");
        });
        assertThat(slots(true, Set.of("stranger.Orphan"))).contains("alpha", "zulu");
    }

    @Test
    void two_orphans_of_one_parent_are_told_apart() throws IOException {
        jars.jar(
                "orphans.jar",
                Map.of(
                        "Parent", "package stranger; public class Parent {}",
                        "OrphanA", Jars.plugin("OrphanA", "a", "extends Parent"),
                        "OrphanB", Jars.plugin("OrphanB", "b", "extends Parent")),
                "stranger.OrphanA\nstranger.OrphanB\n",
                "Parent");

        assertThat(problems())
                .extracting(Problem::where)
                .containsExactly("stranger.OrphanA in orphans.jar", "stranger.OrphanB in orphans.jar");
    }

    @Test
    void a_listed_class_that_is_not_there_or_is_no_plugin_is_told() throws IOException {
        jars.jar(
                "odd.jar",
                Map.of("Thing", "package stranger; public class Thing {}"),
                "stranger.Gone # moved last year\nstranger.Thing\n");
        good("z-1.0.jar", "Zulu", "zulu");

        assertThat(problems())
                .extracting(Problem::what)
                .containsExactly(
                        "Plugin class 'stranger.Gone' cannot be loaded: there is no such class",
                        "Plugin class 'stranger.Thing' cannot be loaded: it does not implement GazePlugin");
        assertThat(problems()).extracting(Problem::where).allMatch(where -> where.endsWith(" in odd.jar"));
    }

    @Test
    void a_constructor_that_throws_or_is_hidden_is_told() throws IOException {
        jars.jar(
                "sad.jar",
                Map.of(
                        "Sad",
                        Jars.plugin("Sad", "sad", "")
                                .replace(
                                        "public String id",
                                        "public Sad() { throw new IllegalStateException(\"no licence\"); } public String id"),
                        "Shy",
                        Jars.plugin("Shy", "shy", "").replace("public String id", "private Shy() {} public String id"),
                        "Late",
                        Jars.plugin("Late", "late", "")
                                .replace(
                                        "public String id",
                                        "static int x = 1 / (int) (0 * Math.random()); public String id")),
                "stranger.Sad\nstranger.Shy\nstranger.Late\n");

        assertThat(problems())
                .extracting(Problem::what)
                .containsExactlyInAnyOrder(
                        "Plugin class 'stranger.Sad' cannot be made: IllegalStateException: no licence",
                        "Plugin class 'stranger.Shy' cannot be loaded: NoSuchMethodException: stranger.Shy.<init>()",
                        "Plugin class 'stranger.Late' cannot be made: ExceptionInInitializerError");
        assertThat(slots(true, Set.of("stranger.Sad", "stranger.Shy", "stranger.Late")))
                .hasSize(4);
    }

    @Test
    void a_service_file_that_makes_no_sense_is_told_without_the_folder_it_lies_in() throws IOException {
        jars.jar("garbled.jar", Map.of("Thing", "package stranger; class Thing {}"), "this is no class name\n");
        good("z-1.0.jar", "Zulu", "zulu");

        assertThat(problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.what())
                        .startsWith(
                                "A plugin cannot be loaded: garbled.jar META-INF/services/dev.gaze.api.plugin.GazePlugin:1: ")
                        .doesNotContain(folder.toString())
                        .doesNotContain("with%20blank"));
    }

    @Test
    void problems_of_loading_and_of_declaring_come_together() throws IOException {
        orphan();
        good("a-1.0.jar", "Alpha", "alpha");
        good("b-1.0.jar", "Beta", "alpha");

        GazeException refused = catchThrowableOfType(GazeException.class, () -> slots(true, Set.of()));

        assertThat(refused.getMessage())
                .startsWith(
                        "2 problems with the installed plugins; nothing was loaded.\n1. Plugin class 'stranger.Orphan'")
                .contains(
                        "2. Plugin id 'alpha' is used twice\n   where  stranger.Alpha in a-1.0.jar and stranger.Beta in b-1.0.jar")
                .doesNotContain(folder.toString());
    }

    private void good(String jar, String className, String id) {
        jars.jar(jar, Map.of(className, Jars.plugin(className, id, "")), "stranger." + className + "\n");
    }

    private void orphan() {
        jars.jar(
                "orphan-2.0.jar",
                Map.of(
                        "Parent",
                        "package stranger; public class Parent {}",
                        "Orphan",
                        Jars.plugin("Orphan", "orphan", "extends Parent")),
                "stranger.Orphan\n",
                "Parent");
    }

    private List<Problem> problems() {
        return catchThrowableOfType(GazeException.class, () -> slots(true, Set.of()))
                .problems();
    }

    private List<String> slots(boolean discover, Set<String> without) throws IOException {
        return PluginLoader.load(List.of(), without, discover, List.of(jars.loader(OURS), OURS)).slots().stream()
                .map(LoraSlot::id)
                .toList();
    }
}
