package dev.gaze.llm.tag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gaze.api.problem.GazeException;
import dev.gaze.api.tag.Tag;
import dev.gaze.api.tag.TagCatalogue;
import dev.gaze.api.tag.TagCategories;
import dev.gaze.api.tag.TagCheck;
import dev.gaze.api.tag.TagQuery;
import dev.gaze.api.tag.TagSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the tags of a library come from. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@org.junit.jupiter.api.Tag("G134")
class ListSourceTest {
    @TempDir
    Path folder;

    @Test
    void the_list_that_ships_works_offline_at_once() {
        TagCatalogue tags = open(null);

        assertThat(tags.size()).isBetween(600L, 1_500L);
        assertThat(tags.warnings()).isEmpty();
        assertThat(TagLists.names(tags.search("long_h"))).startsWith("long_hair");
        assertThat(tags.validate(List.of("1girl", "sole female", "saber \\(fate\\)", "(blue eyes:1.1)"))
                        .passed())
                .isTrue();
        for (String category : TagCategories.DANBOORU.names().values()) {
            if (!category.equals("artist")) { // names of living people are for the lists people choose themselves
                assertThat(tags.search(TagQuery.of("").in(category)))
                        .as(category)
                        .isNotEmpty();
            }
        }
    }

    @Test
    void the_list_that_ships_keeps_the_rules_of_lists() {
        TagCatalogue tags = open(null);

        for (var hit : tags.search(TagQuery.of("").limit(TagQuery.MOST))) {
            Tag tag = hit.tag();
            assertThat(Tag.spelled(tag.name())).isEqualTo(tag.name());
            assertThat(tag.count()).isPositive();
            assertThat(tag.aliases())
                    .allSatisfy(alias -> assertThat(tags.find(alias)).contains(tag));
        }
    }

    @Test
    void a_list_on_disk_is_used_instead() throws IOException {
        Path list = Files.writeString(folder.resolve("own.csv"), "gaze_tag,0,5,\n");

        assertThat(TagLists.names(open(list).search(""))).containsExactly("gaze_tag");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n\n", "name,category,count\n", ",,,\n,,,"})
    void a_list_without_tags_is_refused_with_the_way_out(String content) throws IOException {
        Path list = Files.writeString(folder.resolve("own.csv"), content);

        assertThatExceptionOfType(GazeException.class)
                .isThrownBy(() -> open(list))
                .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(GazeException.Kind.INVALID))
                .withMessageContaining("own.csv")
                .withMessageContaining("GAZE_TAGS");
    }

    @Test
    void a_list_that_is_missing_or_a_folder_is_refused() {
        for (Path missing : List.of(folder.resolve("gone.csv"), folder)) {
            assertThatExceptionOfType(GazeException.class)
                    .isThrownBy(() -> open(missing))
                    .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(GazeException.Kind.NOT_FOUND))
                    .withMessageContaining(missing.toString());
        }
    }

    @Test
    @EnabledIfEnvironmentVariable(named = "GAZE_TAGS", matches = ".+", disabledReason = "GAZE_TAGS names no list")
    void the_list_that_gaze_tags_names_keeps_every_promise() {
        TagCatalogue tags = open(Path.of(System.getenv("GAZE_TAGS")));

        assertThat(tags.size()).isGreaterThan(1_000);
        assertThat(tags.warnings()).isEmpty();
        List<String> most = TagLists.names(tags.search(TagQuery.of("").limit(TagQuery.MOST)));
        assertThat(tags.validate(most).valid()).isEqualTo(most);

        Random random = new Random(51);
        int found = 0;
        int asked = 0;
        while (asked < 500) {
            String name = most.get(random.nextInt(most.size()));
            String slip = TagLists.slip(name, random);
            TagCheck check = tags.validate(List.of(slip));
            if (!check.invalid().isEmpty()) {
                asked++;
                found += check.invalid().get(0).suggestions().contains(name) ? 1 : 0;
            }
        }
        assertThat(found).isGreaterThanOrEqualTo(490);
    }

    private static TagCatalogue open(Path list) {
        return new ListSource().open(new TagSettings(list, TagCategories.DANBOORU, name -> false));
    }
}
