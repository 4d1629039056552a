package dev.gaze.api.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.gaze.api.asset.Block;
import dev.gaze.api.asset.Category;
import dev.gaze.api.asset.Field;
import dev.gaze.api.asset.Guide;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.plan.LoraSlot;
import dev.gaze.api.prompt.Draft;
import dev.gaze.api.prompt.PromptPart;
import dev.gaze.api.prompt.PromptStage;
import dev.gaze.testkit.GazePluginContract;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** The contract passes what is good, and says of what is bad what is bad about it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GazePluginContractTest {

    @Test
    @Tag("G150")
    void a_good_plugin_passes() {
        assertThat(failures(Good.class)).isEmpty();
    }

    @Test
    void a_plugin_that_is_not_listed_is_told_where_to_list_it() {
        assertThat(failures(NotListed.class))
                .singleElement()
                .asString()
                .contains("is not found by ServiceLoader")
                .contains("META-INF/services/dev.gaze.api.plugin.GazePlugin");
    }

    @Test
    void a_bad_name_is_told_with_the_rule() {
        assertThat(failures(BadName.class))
                .anySatisfy(text -> assertThat(text).contains("Plugin id 'bad name' is not accepted"))
                .anySatisfy(text -> assertThat(text).contains("Id of", "'a/b' is not accepted", "letters, digits"));
    }

    @Test
    void a_plugin_that_changes_its_mind_is_caught() {
        assertThat(failures(Fickle.class))
                .anySatisfy(text -> assertThat(text).contains("A second call of extensions() declares something else"))
                .anySatisfy(text -> assertThat(text).contains("Stage 'counting' makes something else"));
    }

    @Test
    void doubles_nulls_circles_and_strangers_are_caught() {
        assertThat(failures(Muddled.class))
                .anySatisfy(text -> assertThat(text).contains("The LoRA slot 'hat' is declared twice"))
                .anySatisfy(text -> assertThat(text).contains("waits for itself"))
                .anySatisfy(text -> assertThat(text).contains("which GAZE does not know"))
                .anySatisfy(text -> assertThat(text)
                        .contains("Field 'title' of category 'hat' stands at the top level and names no block"))
                .anySatisfy(text -> assertThat(text).contains("schema of the guide of category 'hat' must be of"));
        assertThat(failures(Null.class)).anySatisfy(text -> assertThat(text).contains("extensions() returned null"));
        assertThat(failures(HoldsNull.class))
                .anySatisfy(text -> assertThat(text).contains("Extension 2 of 2 is null"));
    }

    private static List<String> failures(Class<? extends GazePluginContract> contract) {
        EngineExecutionResults results = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(contract))
                .execute();
        assertThat(results.testEvents().started().count()).isGreaterThanOrEqualTo(10);
        return results.testEvents().failed().stream()
                .map(event -> event.getRequiredPayload(org.junit.platform.engine.TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow()
                        .getMessage())
                .toList();
    }

    /** A plugin from a list, handed over rather than found. */
    private record Fixed(String id, List<Extension> extensions) implements GazePlugin {}

    private abstract static class HandedOver extends GazePluginContract {
        @Override
        protected boolean isDiscoverable() {
            return false;
        }
    }

    static final class Good extends HandedOver {
        @Override
        protected GazePlugin plugin() {
            return new Fixed(
                    "studio.hats",
                    List.of(
                            Category.named("hat").section("hat", Position.after("wardrobe"), "crown", "brim"),
                            LoraSlot.named("hat").after("outfit").filledBy("hat"),
                            Block.named("shadow")));
        }
    }

    static final class NotListed extends GazePluginContract {
        @Override
        protected GazePlugin plugin() {
            return new Public();
        }
    }

    /** A plugin that could be found, were it listed. */
    public static final class Public implements GazePlugin {
        @Override
        public String id() {
            return "studio.public";
        }

        @Override
        public List<Extension> extensions() {
            return List.of(LoraSlot.named("hat"));
        }
    }

    static final class BadName extends HandedOver {
        @Override
        protected GazePlugin plugin() {
            return new Fixed("bad name", List.of(LoraSlot.named("a/b")));
        }
    }

    static final class Fickle extends HandedOver {
        private static final AtomicInteger CALLS = new AtomicInteger();

        /** Counts its own calls, which it must not. */
        private record Counting(AtomicInteger calls) implements PromptStage {
            @Override
            public String id() {
                return "counting";
            }

            @Override
            public Draft apply(Draft draft) {
                return draft.plus(List.of(new PromptPart(
                        PromptPart.Target.MAIN, "call " + calls.incrementAndGet(), "counting", null, null)));
            }
        }

        @Override
        protected GazePlugin plugin() {
            return new GazePlugin() {
                @Override
                public String id() {
                    return "studio.fickle";
                }

                @Override
                public List<Extension> extensions() {
                    return List.of(LoraSlot.named("slot" + CALLS.incrementAndGet()), new Counting(CALLS));
                }
            };
        }
    }

    static final class Muddled extends HandedOver {
        private record Unknown(String id) implements Extension {}

        @Override
        protected GazePlugin plugin() {
            return new Fixed(
                    "studio.muddled",
                    List.of(
                            Category.named("hat")
                                    .topLevel(Field.key("title"))
                                    .guide(() -> new Guide("Write about hats.", JsonObject.of("type", "array"))),
                            LoraSlot.named("hat"),
                            LoraSlot.named("hat").after("scarf"),
                            LoraSlot.named("scarf").after("hat"),
                            new Unknown("what")));
        }
    }

    static final class Null extends HandedOver {
        @Override
        protected GazePlugin plugin() {
            return new Fixed("studio.none", null);
        }
    }

    static final class HoldsNull extends HandedOver {
        @Override
        protected GazePlugin plugin() {
            List<Extension> extensions = new ArrayList<>();
            extensions.add(LoraSlot.named("hat"));
            extensions.add(null);
            return new Fixed("studio.half", extensions);
        }
    }
}
