package dev.gaze.core.tag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.entry;

import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.tag.Tag;
import dev.gaze.api.tag.TagCatalogue;
import dev.gaze.api.tag.TagCategories;
import dev.gaze.api.tag.TagCheck;
import dev.gaze.api.tag.TagHit;
import dev.gaze.api.tag.TagQuery;
import dev.gaze.api.tag.TagSettings;
import dev.gaze.api.tag.TagSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Several sources answer as one, and none of them can tell what the deny list holds. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@org.junit.jupiter.api.Tag("G134")
class TagRoomTest {
    private final TagSettings settings = new TagSettings(
            null, TagCategories.DANBOORU, name -> List.of(name.split("[^a-z]+")).contains("plum"));

    /** A source of a few tags, written as a stranger would. Its aliases are the names in capitals. */
    private static final class SmallSource implements TagSource, TagCatalogue, AutoCloseable {
        private final String id;
        private final List<Tag> tags = new ArrayList<>();
        private int opened;
        private boolean closed;
        private boolean away;

        SmallSource(String id, String... names) {
            this.id = id;
            for (String name : names) {
                tags.add(new Tag(name, 0, "general", 100 - tags.size(), List.of("the_" + name)));
            }
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public TagCatalogue open(TagSettings settings) {
            requireThere();
            opened++;
            return this;
        }

        private void requireThere() {
            if (away) {
                throw new GazeException(Kind.UNAVAILABLE, Problem.of("The server of %s is away".formatted(id)));
            }
        }

        @Override
        public List<TagHit> search(TagQuery query) {
            requireThere();
            return tags.stream()
                    .filter(tag -> tag.name().startsWith(query.text()))
                    .map(TagHit::of)
                    .toList();
        }

        @Override
        public List<TagHit> suggest(TagQuery query) {
            return search(query);
        }

        @Override
        public TagCheck validate(Collection<String> written) {
            requireThere();
            List<String> valid = new ArrayList<>();
            Map<String, String> aliases = new LinkedHashMap<>();
            List<TagCheck.Unknown> invalid = new ArrayList<>();
            for (String tag : written) {
                String name = Tag.bare(tag);
                Optional<Tag> found = find(name);
                if (found.isEmpty()) {
                    invalid.add(new TagCheck.Unknown(name, List.of("plum", id + "_guess")));
                } else if (found.get().name().equals(name)) {
                    valid.add(name);
                } else {
                    aliases.put(name, found.get().name());
                }
            }
            return new TagCheck(valid, aliases, invalid, List.of());
        }

        @Override
        public Optional<Tag> find(String written) {
            requireThere();
            return tags.stream()
                    .filter(tag -> tag.name().equals(written) || tag.aliases().contains(written))
                    .findFirst();
        }

        @Override
        public boolean isBlocked(String written) {
            return false;
        }

        @Override
        public TagCategories categories() {
            return TagCategories.DANBOORU;
        }

        @Override
        public long size() {
            return tags.size();
        }

        @Override
        public List<Problem> warnings() {
            return List.of();
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private final SmallSource first = new SmallSource("first", "rain", "plum_rain", "moon");
    private final SmallSource second = new SmallSource("second", "rain", "raincoat", "plum", "star");
    private final TagRoom room = new TagRoom(List.of(first, second), settings);

    @Test
    void a_source_is_opened_once_and_not_before_somebody_asks() {
        assertThat(first.opened).isZero();

        assertThat(room.catalogue()).isSameAs(room.catalogue());

        assertThat(first.opened).isEqualTo(1);
        assertThat(second.opened).isEqualTo(1);
    }

    @Test
    void what_one_source_does_not_know_the_next_may() {
        TagCatalogue tags = room.catalogue();

        assertThat(tags.search("rain")).extracting(hit -> hit.tag().name()).containsExactly("rain", "raincoat");
        assertThat(tags.suggest(TagQuery.of("rain").limit(1))).hasSize(1);
        assertThat(tags.find("the_star")).get().extracting(Tag::name).isEqualTo("star");
        assertThat(tags.size()).isEqualTo(7);
    }

    @Test
    void tags_are_validated_by_all_sources_in_the_order_given() {
        TagCheck check =
                room.catalogue().validate(List.of("star", "nothing", "rain", "(the_raincoat:1.2)", "moon", "the_moon"));

        assertThat(check.valid()).containsExactly("star", "rain", "moon");
        assertThat(check.aliases()).containsExactly(entry("the_raincoat", "raincoat"), entry("the_moon", "moon"));
        assertThat(check.invalid()).containsExactly(new TagCheck.Unknown("nothing", List.of("first_guess")));
        assertThat(check.blocked()).isEmpty();
    }

    @Test
    void nothing_of_the_deny_list_comes_out_whatever_a_source_says() {
        TagCatalogue tags = room.catalogue();

        assertThat(tags.search("plum")).isEmpty();
        assertThat(tags.suggest("p")).isEmpty();
        assertThat(tags.find("plum")).isEmpty();
        assertThat(tags.isBlocked("ripe plum")).isTrue();
        TagCheck check = tags.validate(List.of("plum", "the_plum_rain", "moon", "the_plum"));
        assertThat(check.valid()).containsExactly("moon");
        assertThat(check.blocked()).containsExactly("plum", "the_plum_rain", "the_plum");
    }

    @Test
    void a_source_that_is_away_is_passed_over_as_long_as_another_answers() {
        TagCatalogue tags = room.catalogue();
        first.away = true;

        assertThat(tags.search("star")).hasSize(1);
        assertThat(tags.validate(List.of("star")).valid()).containsExactly("star");

        second.away = true;
        assertThatExceptionOfType(GazeException.class)
                .isThrownBy(() -> tags.search("star"))
                .withMessageContaining("first is away");
    }

    @Test
    void a_source_that_cannot_be_opened_is_tried_again_at_the_next_question() {
        second.away = true;
        assertThatExceptionOfType(GazeException.class).isThrownBy(room::catalogue);

        second.away = false;
        assertThat(room.catalogue().find("star")).isPresent();
        assertThat(first.opened).isEqualTo(1);
    }

    @Test
    void catalogues_are_closed_with_the_library() {
        room.catalogue();
        room.close();
        room.close();

        assertThat(first.closed).isTrue();
        assertThat(second.closed).isTrue();
        assertThatIllegalStateException().isThrownBy(room::catalogue);
    }

    @Test
    void without_any_source_the_error_names_the_missing_jar() {
        assertThatExceptionOfType(GazeException.class)
                .isThrownBy(() -> new TagRoom(List.of(), settings).catalogue())
                .withMessageContaining("gaze-llm");
    }
}
