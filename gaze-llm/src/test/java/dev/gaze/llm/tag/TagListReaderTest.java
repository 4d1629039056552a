package dev.gaze.llm.tag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.tag.Tag;
import dev.gaze.api.tag.TagCatalogue;
import dev.gaze.api.tag.TagCategories;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms a list of tags may have, and what happens to those that have none. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@org.junit.jupiter.api.Tag("G134")
class TagListReaderTest {
    private static final Tag MIKU = new Tag("hatsune_miku", 4, "character", 105_000, List.of("miku_hatsune", "miku"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hatsune_miku,4,105000,\"miku_hatsune,miku\"",
                "name,category,count,aliases\nhatsune_miku,4,105000,\"miku_hatsune,miku\"",
                "\uFEFFname,category,count,aliases\r\nhatsune_miku,4,105000,\"miku_hatsune,miku\"\r\n",
                "\uFEFFhatsune_miku,4,105000,\"miku_hatsune,miku\"",
                "post_count,aliases,tag,type\n105000,\"miku_hatsune,miku\",hatsune_miku,character",
                "Tag,Category,Count,Alias\n Hatsune Miku ,4, 105000 ,\"Miku Hatsune, miku\"",
                "\n\nhatsune_miku,4,105000,miku_hatsune,miku\n\n",
                "hatsune_miku,\"4\",\"105000\",\"miku_hatsune,miku,\""
            })
    void a_tag_is_read_from_every_common_form(String list) {
        TagCatalogue tags = TagLists.of(list);

        assertThat(tags.find("hatsune_miku")).contains(MIKU);
        assertThat(tags.size()).isEqualTo(1);
        assertThat(tags.warnings()).isEmpty();
    }

    @Test
    void category_and_count_may_be_missing() {
        assertThat(TagLists.of("umbrella", "rain").find("rain")).contains(new Tag("rain", 0, "general", 0, List.of()));
        assertThat(TagLists.of("rain,0", "pokemon,3", "meadow,0").find("pokemon"))
                .contains(new Tag("pokemon", 3, "copyright", 0, List.of()));
        assertThat(TagLists.of("rain,9100", "pokemon,250000").find("pokemon"))
                .contains(new Tag("pokemon", 0, "general", 250_000, List.of()));
        assertThat(TagLists.of("rain,9100,\"raining,rainy\"", "pokemon,250000,").find("rainy"))
                .contains(new Tag("rain", 0, "general", 9_100, List.of("raining", "rainy")));
        assertThat(TagLists.of("rain,,,raining").find("raining"))
                .contains(new Tag("rain", 0, "general", 0, List.of("raining")));
    }

    @Test
    void a_cell_of_blanks_is_missing() {
        TagCatalogue tags = TagLists.of(
                "name,category,count,aliases", "rain, ,5,", "sun,  ,   ,sunny", "moon,4,\t,", "sea,\" \",7,");

        assertThat(tags.find("rain")).contains(new Tag("rain", 0, "general", 5, List.of()));
        assertThat(tags.find("sun")).contains(new Tag("sun", 0, "general", 0, List.of("sunny")));
        assertThat(tags.find("moon")).contains(new Tag("moon", 4, "character", 0, List.of()));
        assertThat(tags.find("sea")).contains(new Tag("sea", 0, "general", 7, List.of()));
        assertThat(tags.warnings()).isEmpty();
    }

    @Test
    void without_counts_the_list_tells_the_order() {
        assertThat(TagLists.names(TagLists.of("rain_coat", "rain", "rainbow").search("rain")))
                .containsExactly("rain_coat", "rain", "rainbow");
    }

    @Test
    void categories_are_numbered_as_the_scheme_says() {
        byte[] list = "wolf,5,1000,\nmoon,0,900,".getBytes(StandardCharsets.UTF_8);

        assertThat(TagLists.of(list, TagCategories.E621, name -> false).find("wolf"))
                .get()
                .extracting(Tag::categoryName)
                .isEqualTo("species");
        assertThat(TagLists.of(list, TagCategories.DANBOORU, name -> false).find("wolf"))
                .get()
                .extracting(Tag::categoryName)
                .isEqualTo("meta");
    }

    @Test
    void a_broken_quote_costs_its_own_line_at_most_and_is_told() {
        TagCatalogue tags = TagLists.of(
                "rain,0,900,\"raining", "moon,0,800,\"full\"moon\"", "star,0,700,\"stars,asterisk\"", "\"sun,0,600,");

        assertThat(tags.find("stars")).get().extracting(Tag::name).isEqualTo("star");
        assertThat(tags.find("raining")).get().extracting(Tag::name).isEqualTo("rain");
        assertThat(tags.find("sun")).get().extracting(Tag::count).isEqualTo(600L);
        assertThat(tags.warnings())
                .extracting(problem -> problem.where())
                .containsExactly("list.csv:1", "list.csv:2", "list.csv:4");
        assertThat(tags.warnings().get(0).what()).contains("quote");
    }

    @Test
    void quotes_within_names_are_read_as_csv_has_them() {
        assertThat(TagLists.of("\"don't_say_\"\"lazy\"\"\",0,1000,don't_say_lazy")
                        .find("don't say lazy"))
                .get()
                .extracting(Tag::name)
                .isEqualTo("don't_say_\"lazy\"");
    }

    @Test
    void what_is_no_name_and_no_number_is_told_with_its_line() {
        TagCatalogue tags = TagLists.of(
                "rain,0,900,",
                ",0,800,",
                "moon,zero,700,",
                "star,0,many,",
                "a\u0007b,0,600,",
                "sun,0,-5,",
                "sea,900,4,");

        assertThat(tags.size()).isEqualTo(5);
        assertThat(tags.find("moon")).get().extracting(Tag::category).isEqualTo(0);
        assertThat(tags.find("star")).get().extracting(Tag::count).isEqualTo(0L);
        assertThat(tags.warnings())
                .extracting(problem -> problem.where())
                .containsExactly("list.csv:2", "list.csv:3", "list.csv:4", "list.csv:5", "list.csv:6", "list.csv:7");
    }

    @Test
    void bytes_that_are_no_utf8_cost_their_line() {
        byte[] list = "rain,0,900,\nm?on,0,800,\nstar,0,700,".getBytes(StandardCharsets.UTF_8);
        list[13] = (byte) 0xC3;
        TagCatalogue tags = TagLists.of(list, TagCategories.DANBOORU, name -> false);

        assertThat(TagLists.names(tags.search(""))).containsExactly("rain", "star");
        assertThat(tags.warnings()).hasSize(1);
    }

    @Test
    void names_in_other_scripts_and_with_accents_are_found() {
        TagCatalogue tags = TagLists.of("pokemon,3,250000,pokémon", "初音ミク,4,100,", "Ünder_Tale,3,50,");

        assertThat(tags.find("Pokémon")).get().extracting(Tag::name).isEqualTo("pokemon");
        assertThat(TagLists.names(tags.search("初音"))).containsExactly("初音ミク");
        assertThat(tags.validate(List.of("ünder tale")).valid()).containsExactly("ünder_tale");
    }

    @Test
    void an_endless_line_is_passed_over_without_being_kept() throws IOException {
        Warnings warnings = new Warnings("list.csv");
        InputStream endless = new InputStream() {
            private final byte[] tail = "\nrain,0,900,\n".getBytes(StandardCharsets.UTF_8);
            private int read;

            @Override
            public int read() {
                int at = read++ - 50_000_000;
                return at < 0 ? 'x' : at < tail.length ? tail[at] : -1;
            }
        };

        TagRows rows = TagListReader.read(endless, TagCategories.DANBOORU, warnings);

        assertThat(rows.count()).isEqualTo(1);
        assertThat(warnings.all())
                .singleElement()
                .extracting(problem -> problem.where())
                .isEqualTo("list.csv:1");
    }

    @Test
    void a_million_rows_with_broken_quotes_among_them_are_read() {
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < 1_000_000; i++) {
            list.append(i % 3 == 0 ? "\"tag_" : "tag_")
                    .append(i)
                    .append(",0,")
                    .append(1_000_000 - i)
                    .append(",\n");
        }

        TagCatalogue tags =
                TagLists.of(list.toString().getBytes(StandardCharsets.UTF_8), TagCategories.DANBOORU, name -> false);

        assertThat(tags.size()).isEqualTo(1_000_000);
        assertThat(TagLists.names(tags.search("tag_99999"))).startsWith("tag_99999", "tag_999990", "tag_999991");
        assertThat(tags.warnings()).hasSize(21);
        assertThat(tags.warnings().get(20).what()).startsWith("333314 more lines");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void random_bytes_do_no_harm(long seed) throws IOException {
        byte[] noise = new byte[200_000];
        new Random(seed).nextBytes(noise);
        for (int i = 0; i < noise.length; i += 7) {
            noise[i] = (byte) ",\"\n\r".charAt(Math.floorMod(noise[i], 4));
        }
        Warnings warnings = new Warnings("noise");

        TagRows rows = TagListReader.read(new ByteArrayInputStream(noise), TagCategories.DANBOORU, warnings);

        TagTable table = Packing.of(rows);
        for (int tag = 0; tag < table.size(); tag++) {
            assertThat(table.find(Texts.utf8(table.names().get(tag)))).isEqualTo(tag);
        }
        assertThat(warnings.all()).isNotEmpty();
    }
}
