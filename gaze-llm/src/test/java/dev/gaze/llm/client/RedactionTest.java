package dev.gaze.llm.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.chat.ChatSettings;
import dev.gaze.api.chat.Secret;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What servers say, made fit for a message. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RedactionTest {
    private static final String KEY = "abcdefghij".repeat(10);

    private final Redaction redaction =
            new Redaction(ChatSettings.openAi("http://127.0.0.1/v1?key=a%2Fb-in-query&x=1", "m", Secret.of(KEY))
                    .withHeaders(Map.of("X-Api-Key", "in-a-header")));

    @Test
    void key_header_and_query_are_taken_out_as_they_stand_and_as_they_are_meant() {
        assertThat(redaction.clean("no " + KEY + ", no in-a-header, no a%2Fb-in-query, no a/b-in-query, 1 yes"))
                .isEqualTo("no ***, no ***, no ***, no ***, 1 yes");
    }

    @Test
    void a_key_behind_the_name_of_its_scheme_is_known_without_it() {
        Redaction own = new Redaction(ChatSettings.openAi("http://127.0.0.1/v1", "m", null)
                .withHeaders(Map.of("Authorization", "Bearer abc123secret")));

        assertThat(own.clean("Incorrect API key provided: abc123secret")).isEqualTo("Incorrect API key provided: ***");
    }

    @Test
    void what_looks_like_a_key_goes_too() {
        assertThat(redaction.clean("Bearer xyz and sk-1234567890 and hf_abcdefgh, but sk-1 stays"))
                .isEqualTo("*** and *** and ***, but sk-1 stays");
    }

    @Test
    void a_message_is_one_short_line() {
        assertThat(redaction.clean(" a\r\n\tb\u001b[2Jc ")).isEqualTo("a b [2Jc");
        assertThat(redaction.clean("x".repeat(10_000_000))).hasSize(301);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void wherever_a_text_is_cut_no_half_of_a_key_is_left(long seed) {
        Random random = new Random(seed);
        StringBuilder said = new StringBuilder();
        while (said.length() < 20_000) {
            said.append("-".repeat(random.nextInt(3))).append(KEY);
        }

        assertThat(redaction.clean(said.toString())).doesNotContain("abcd");
    }
}
