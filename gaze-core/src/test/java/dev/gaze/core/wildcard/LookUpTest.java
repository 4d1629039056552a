package dev.gaze.core.wildcard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.problem.Problem;
import dev.gaze.api.template.Sampling;
import dev.gaze.api.template.TemplateRequest;
import dev.gaze.core.template.Origin;
import dev.gaze.core.template.Pool;
import dev.gaze.core.template.WildcardSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PROMPTS 5, the library: which file a reference finds, and what stands in it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("D18")
class LookUpTest extends WildcardTesting {

    @Test
    void case_backslashes_and_blanks_make_no_difference() {
        file("Hue/Very Warm.txt", "red");

        for (String name : List.of("hue/very-warm", "HUE/VERY WARM", "hue\\Very warm", "/hue/very-warm")) {
            assertThat(all("__" + name + "__")).as(name).containsExactly("red");
        }
    }

    @Test
    void a_path_counts_more_than_an_alias_and_both_more_than_the_end_of_a_path() {
        file("pantry.yaml", "spice: [alias and end]");
        file("deep/spice.txt", "end");
        assertThat(all("__pantry/spice__")).containsExactly("alias and end");
        assertThat(all("__spice__")).containsExactly("alias and end");

        file("pantry/spice.txt", "path");
        assertThat(all("__pantry/spice__")).containsExactly("path");
        assertThat(all("__deep/spice__")).containsExactly("end");
    }

    @Test
    void a_reference_is_looked_up_beside_its_file_before_ends_of_paths() {
        file("a/hue.txt", "a-red");
        file("b/hue.txt", "b-red");
        file("b/all.txt", "__hue__");

        assertThat(all("__b/all__")).containsExactly("b-red");
        assertThat(all("__hue__")).containsExactly("a-red", "b-red");
    }

    @Test
    void stars_match_across_folders_and_question_marks_one_character() {
        file("x/one.txt", "1\nboth");
        file("x/y/two.txt", "2\nboth");
        file("x/y/tao.txt", "3");

        assertThat(all("__x/**__")).containsExactly("1", "both", "3", "2");
        assertThat(all("__*/t?o__")).containsExactly("3", "2", "both");
        assertThat(all("__x/?__")).containsExactly("__x/?__");
    }

    @Test
    void many_patterns_for_the_same_lists_are_not_all_remembered() {
        String words = IntStream.range(0, 50_000).mapToObj(i -> "\n" + i).collect(Collectors.joining());
        file("x/one.txt", "one" + words);
        file("x/two.txt", "two" + words);
        WildcardSource source = library.source();
        Pool first = source.find("x/*", Origin.TEMPLATE);

        assertThat(source.find("x/*", Origin.TEMPLATE)).isSameAs(first);
        for (int i = 2; i < 50; i++) {
            assertThat(source.find("x/" + "*".repeat(i), Origin.TEMPLATE).size())
                    .isEqualTo(50_002);
        }
        assertThat(source.find("x/*", Origin.TEMPLATE)).isNotSameAs(first);
        assertThat(source.find("x/one", Origin.TEMPLATE)).isSameAs(source.find("one", Origin.TEMPLATE));
    }

    @Test
    void the_first_root_wins() {
        file("hue.txt", "first");
        write(folder.resolve("more/hue.txt"), "second");
        write(folder.resolve("more/only.txt"), "more");

        assertThat(all("__hue__, __only__")).containsExactly("first, more");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"..", "../secret", "hue/../../secret", "..\\secret", "x/..", "%2e%2e/secret", "/etc/passwd"})
    void nothing_leads_out_of_the_folder(String path) {
        write(folder.resolve("secret.txt"), "secret");
        file("hue.txt", "red");

        assertThat(all("__" + path + "__")).containsExactly("__" + path + "__");
    }

    @Test
    void links_that_leave_the_root_are_passed_over_with_a_problem() throws IOException {
        Path outside = write(folder.resolve("outside/secret.txt"), "secret");
        Path inside = file("hue.txt", "red");
        Files.createSymbolicLink(root.resolve("out.txt"), outside);
        Files.createSymbolicLink(root.resolve("outfolder"), outside.getParent());
        Files.createSymbolicLink(root.resolve("in.txt"), inside);
        Files.createSymbolicLink(root.resolve("round"), root);

        assertThat(all("__out__")).containsExactly("__out__");
        assertThat(all("__secret__")).containsExactly("__secret__");
        assertThat(all("__in__")).containsExactly("red");
        assertThat(library.state().problems())
                .extracting(Problem::what)
                .filteredOn(what -> what.contains("leaves the folder"))
                .hasSize(2);
    }

    @Test
    void text_files_are_lines_without_comments() {
        file("words.txt", "\uFEFFfirst\r\n\n  # comment\n#another\n  second  \n0.5::third\n0::never\nfourth");

        assertThat(all("__words__")).containsExactly("first", "second", "third", "fourth");
    }

    @Test
    void a_list_at_the_top_or_called_items_makes_the_file_one_wildcard() {
        file("list.yaml", "- red\n- 2::blue\n- 1.50\n- {text: green, weight: 3}\n- {content: pink}\n- {value: grey}\n");
        file("luna.json", "{\"name\": \"x\", \"items\": [{\"id\": \"1\", \"text\": \"{a|b}\"}], \"other\": [\"c\"]}");

        assertThat(all("__list__")).containsExactly("red", "blue", "1.50", "green", "pink", "grey");
        assertThat(all("__luna__")).containsExactly("a", "b");
        assertThat(all("__other__")).containsExactly("__other__");
    }

    @Test
    void lists_stand_under_their_keys_below_the_folder_of_their_file() {
        file("food/pantry.yaml", """
                name: my pantry
                usage_notes: [not a list]
                version: 3
                spice: {hot: [chili], mild: [dill]}
                tea: green
                size: 5
                1: [no text as a key]
                type: [this is a list]
                """);

        assertThat(all("__food/spice/hot__")).containsExactly("chili");
        assertThat(all("__food/pantry/spice/hot__")).containsExactly("chili");
        assertThat(all("__food/tea__")).containsExactly("green");
        assertThat(all("__food/type__")).containsExactly("this is a list");
        assertThat(all("__food/spice__")).containsExactly("chili", "dill");
        assertThat(all("__pantry__")).containsExactly("chili", "dill", "green", "this is a list");
        for (String none : List.of("food/name", "food/usage_notes", "food/version", "food/size", "food/1")) {
            assertThat(all("__" + none + "__")).containsExactly("__" + none + "__");
        }
    }

    @Test
    void yaml_keeps_words_as_they_are_written() {
        file("words.yaml", "- on\n- yes\n- 010\n- 1e3\n- 'quoted: {a|b}'\n");

        assertThat(all("__words__")).containsExactly("on", "yes", "010", "1e3", "quoted: a", "quoted: b");
    }

    @Test
    void brackets_of_templates_name_lists_of_their_own_object_and_others_stay() {
        file(
                "scene/beach.yaml",
                "templates: ['[sky], [none], [a|b], __wave.height__ [wave.height]']\n"
                        + "sky: [blue]\nwave: {height: [low]}\n");
        file("scene/city.yaml", "sky: [grey]\n");

        assertThat(all("{beach}")).containsExactly("blue, [none], [a|b], __wave.height__ low");
        assertThat(all("{beach:sky}")).containsExactly("blue");
        assertThat(all("{beach: over [sky] and [none]}")).containsExactly("over blue and [none]");
        assertThat(all("{nobody: over [sky]}")).containsExactly("over [sky]");
        assertThat(all("{nobody:sky}")).containsExactly("{nobody:sky}");
        assertThat(all("{nobody}")).containsExactly("nobody");
    }

    @Test
    void items_mind_the_tags_of_those_chosen_before() {
        file("time.yaml", "items:\n- {text: night, tags: [dark]}\n- {text: noon, tags: 'bright, hot'}\n");
        file("light.yaml", """
                - {text: stars, whitelist: [DARK]}
                - {text: sun, blacklist: dark}
                - {text: haze, requires_tags: [bright, hot]}
                """);

        assertThat(all("__time__ __light__")).containsExactly("night stars", "noon sun", "noon haze");
    }

    @Test
    void values_may_be_left_out() {
        file("hue.txt", "red\nAmber\nteal");

        assertThat(all("<wc:hue,not=amber, teal>")).containsExactly("red");
        assertThat(all("<wildcard[2]:hue,not=teal>")).containsExactly("red Amber", "Amber red");
    }

    @Test
    void same_files_in_another_folder_give_the_same_texts() {
        for (String path : List.of("a.txt", "b/c.txt", "b/d.yaml")) {
            file(path, "- one\n- two\n- three\n");
            write(folder.resolve("copy").resolve(path), "- one\n- two\n- three\n");
        }
        TemplateRequest request =
                TemplateRequest.of("__*__ __b/*__ {2$$__d__}").seed(5).count(20);

        assertThat(run(request))
                .isEqualTo(run(request, new WildcardLibrary(List.of(folder.resolve("copy")), time).source()))
                .hasSize(20);
        assertThat(run(request.sampling(Sampling.CYCLICAL)))
                .isEqualTo(run(
                        request.sampling(Sampling.CYCLICAL),
                        new WildcardLibrary(List.of(folder.resolve("copy")), time).source()));
    }
}
