package dev.gaze.core.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.asset.Category;
import dev.gaze.api.asset.Field;
import dev.gaze.api.asset.FieldAddress;
import dev.gaze.api.asset.Section;
import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.prompt.Match;
import dev.gaze.api.prompt.Prompt;
import dev.gaze.api.prompt.PromptPart;
import dev.gaze.api.prompt.PromptPart.Target;
import dev.gaze.api.prompt.Selection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every prompt, over assets filled at random. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ComposePropertyTest {

    static List<Long> seeds() {
        return IntStream.range(0, 150).mapToObj(Long::valueOf).toList();
    }

    /** Two assets of every category, and a selection of some of them. */
    private record Case(Shelf shelf, Selection selection) {
        static Case of(long seed) {
            Random random = new Random(seed);
            Shelf shelf = new Shelf();
            Selection selection = Selection.NOTHING.plus(new CrossDedupTest.RandomText(random).text());
            for (Category category : shelf.installed().categories()) {
                for (int i = 0; i < 2; i++) {
                    shelf.put(category.id(), "a" + i, asset(category, random));
                    if (random.nextInt(3) > 0 && (i == 0 || !category.isSingle())) {
                        selection = selection.with(category.id(), "a" + i);
                    }
                }
            }
            if (random.nextInt(3) == 0) {
                selection = selection.only("identity::hair", "wardrobe::top", "lora::lora_triggers", "special::name");
            }
            return new Case(shelf, selection.negative(new CrossDedupTest.RandomText(random).text()));
        }

        private static String asset(Category category, Random random) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("checkpoint_path", "x.safetensors");
            members.put("lora", Map.of("lora_triggers", new CrossDedupTest.RandomText(random).text()));
            for (Section section : category.sections()) {
                Map<String, Object> fields = new LinkedHashMap<>();
                for (Field field : section.fields()) {
                    if (random.nextBoolean() && !field.key().equals(category.idKey())) {
                        fields.put(field.key(), new CrossDedupTest.RandomText(random).text());
                    }
                }
                if (section.name().equals(FieldAddress.SPECIAL)) {
                    members.putAll(fields);
                } else {
                    members.put(section.name(), fields);
                }
            }
            return new String(Json.compact(JsonObject.of(pairs(members))), StandardCharsets.UTF_8);
        }

        private static Object[] pairs(Map<String, Object> members) {
            List<Object> pairs = new ArrayList<>();
            members.forEach((key, value) -> pairs.addAll(List.of(key, value)));
            return pairs.toArray();
        }

        Prompt compose() {
            return shelf.prompt().selecting(selection).build();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void the_same_request_gives_the_same_prompt(long seed) {
        Case one = Case.of(seed);

        assertThat(one.compose())
                .isEqualTo(one.compose())
                .isEqualTo(Case.of(seed).compose());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void no_text_ever_holds_an_unpaired_parenthesis(long seed) {
        Prompt prompt = Case.of(seed).compose();

        for (String text : List.of(prompt.main(), prompt.face(), prompt.hand(), prompt.positive(), prompt.negative())) {
            assertThat(Parentheses.escapeUnpaired(text)).isEqualTo(text);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void texts_are_made_of_their_parts_and_of_nothing_else(long seed) {
        Prompt prompt = Case.of(seed).compose();

        assertThat(prompt.main()).isEqualTo(joined(prompt, Target.MAIN));
        assertThat(prompt.face()).isEqualTo(joined(prompt, Target.FACE));
        assertThat(prompt.hand()).isEqualTo(joined(prompt, Target.HAND));
        CrossDedup.Texts twice = CrossDedup.cancel(prompt.positive(), prompt.negative(), Match.TAG);
        assertThat(twice).isEqualTo(new CrossDedup.Texts(prompt.positive(), prompt.negative()));
    }

    private static String joined(Prompt prompt, Target target) {
        return String.join(
                ", ",
                prompt.parts().stream()
                        .filter(part -> part.target() == target)
                        .map(PromptPart::text)
                        .toList());
    }

    @Test
    void many_threads_compose_at_once() throws Exception {
        Case one = Case.of(7);
        Prompt expected = one.compose();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<Prompt> compose = one::compose;
            for (Future<Prompt> prompt : threads.invokeAll(Collections.nCopies(400, compose))) {
                assertThat(prompt.get()).isEqualTo(expected);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
