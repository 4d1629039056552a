package dev.gaze.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.gaze.api.asset.Block;
import dev.gaze.api.asset.Category;
import dev.gaze.api.asset.Field;
import dev.gaze.api.asset.FieldAddress;
import dev.gaze.api.asset.Section;
import dev.gaze.api.author.AuthorSource;
import dev.gaze.api.backend.RenderBackend;
import dev.gaze.api.chat.ChatBackend;
import dev.gaze.api.chat.ChatTool;
import dev.gaze.api.chat.ChatToolSource;
import dev.gaze.api.plan.LoraSlot;
import dev.gaze.api.plugin.Extension;
import dev.gaze.api.plugin.GazePlugin;
import dev.gaze.api.plugin.Position;
import dev.gaze.api.preset.PresetProvider;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.prompt.Cast;
import dev.gaze.api.prompt.Draft;
import dev.gaze.api.prompt.LiteralTexts;
import dev.gaze.api.prompt.PromptStage;
import dev.gaze.api.prompt.Selection;
import dev.gaze.api.tag.TagSource;
import dev.gaze.api.workflow.WorkflowPatch;
import dev.gaze.api.workflow.WorkflowWirer;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * What every {@link GazePlugin} promises, as far as it can be told without the other plugins. Extend it, return yours
 * from {@link #plugin}, and run:
 *
 * <pre>{@code
 * class PosesPluginTest extends GazePluginContract {
 *     protected GazePlugin plugin() {
 *         return new PosesPlugin();
 *     }
 * }
 * }</pre>
 *
 * <p>Needs JUnit 5 and gaze-api, nothing else. Whether a plugin agrees with those it is installed beside is found when a
 * library opens.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
public abstract class GazePluginContract {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]+");
    private static final String NAME_RULE = "expected letters, digits, '_', '-' and '.', as in 'example.poses'";
    private static final Map<String, Class<? extends Extension>> SPACES = spaces();

    /** Made by JUnit. */
    protected GazePluginContract() {}

    /**
     * The plugin under test.
     *
     * @return a new instance at every call
     */
    protected abstract GazePlugin plugin();

    /**
     * Whether the plugin is meant to be found by {@link ServiceLoader}.
     *
     * @return true; override it with false for a plugin that is only handed to {@code Gaze.builder().plugin(…)}
     */
    protected boolean isDiscoverable() {
        return true;
    }

    @Test
    void its_id_is_a_name_and_stays_the_same() {
        GazePlugin plugin = plugin();

        assertName("Plugin id", plugin.id());
        assertEquals(plugin.id(), plugin.id(), "The id differs from call to call");
        assertEquals(plugin.id(), plugin().id(), "The id differs from instance to instance");
    }

    @Test
    void it_declares_something_and_no_nulls() {
        List<Extension> extensions = plugin().extensions();

        assertNotNull(extensions, "extensions() returned null; a plugin without any returns List.of()");
        assertTrue(!extensions.isEmpty(), "extensions() is empty; a plugin is there to add something");
        for (int i = 0; i < extensions.size(); i++) {
            assertNotNull(extensions.get(i), "Extension " + (i + 1) + " of " + extensions.size() + " is null");
        }
    }

    @Test
    void declaring_twice_gives_the_same_extensions() {
        GazePlugin plugin = plugin();

        List<String> first = told(plugin.extensions());
        assertEquals(first, told(plugin.extensions()), "A second call of extensions() declares something else");
        assertEquals(first, told(plugin().extensions()), "A second instance declares something else");
    }

    @Test
    void every_extension_has_a_name_a_place_and_a_type_that_gaze_knows() {
        for (Extension extension : plugin().extensions()) {
            assertName("Id of " + extension.getClass().getName(), extension.id());
            assertNotNull(
                    position(extension),
                    "'%s' gives null for its position; without a wish return Position.ANYWHERE"
                            .formatted(extension.id()));
            assertTrue(
                    SPACES.values().stream().anyMatch(type -> type.isInstance(extension)),
                    "'%s' is a %s, which GAZE does not know; known are %s"
                            .formatted(extension.id(), extension.getClass().getName(), SPACES.keySet()));
        }
    }

    @Test
    void no_name_is_declared_twice() {
        List<Extension> extensions = plugin().extensions();

        SPACES.forEach((label, type) -> assertOnce(
                label,
                extensions.stream()
                        .filter(type::isInstance)
                        .filter(extension -> !(extension instanceof Block))
                        .map(Extension::id)
                        .toList()));
        assertOnce("prompt block", blocks(extensions));
        for (Category category : categories()) {
            assertOnce(
                    "field of category '%s'".formatted(category.id()),
                    category.sections().stream()
                            .flatMap(section -> section.fields().stream().map(section::address))
                            .map(FieldAddress::toString)
                            .toList());
        }
    }

    @Test
    void no_wish_for_a_place_leads_back_to_itself() {
        List<Extension> extensions = plugin().extensions();
        SPACES.forEach((label, type) -> {
            Map<String, Position> wishes = new LinkedHashMap<>();
            extensions.stream()
                    .filter(type::isInstance)
                    .forEach(extension -> wishes.put(extension.id(), position(extension)));
            assertNoCircle(label, wishes);
        });
        Map<String, Position> blocks = new LinkedHashMap<>();
        categories()
                .forEach(category -> category.sections().stream()
                        .filter(section -> section.position() != null)
                        .forEach(section -> blocks.put(section.block(), section.position())));
        assertNoCircle("prompt block", blocks);
    }

    @Test
    void every_field_says_where_its_words_go() {
        for (Category category : categories()) {
            for (Section section : category.sections()) {
                for (Field field : section.fields()) {
                    boolean nowhere = !field.silent()
                            && field.block() == null
                            && section.block().equals(FieldAddress.SPECIAL);
                    assertTrue(
                            !nowhere,
                            "Field '%s' of category '%s' stands at the top level and names no block; say Field.key(\"%s\").in(…), or notWritten()"
                                    .formatted(field.key(), category.id(), field.key()));
                }
            }
        }
    }

    @Test
    void every_guide_of_a_category_holds_objects_of_the_same_form() {
        for (Category category : categories()) {
            category.guide().ifPresent(guide -> {
                assertEquals(
                        "object",
                        guide.schema().text("type").orElse(""),
                        "The schema of the guide of category '%s' must be of \"type\": \"object\""
                                .formatted(category.id()));
                assertEquals(
                        guide,
                        category.guide().orElse(null),
                        "Category '%s' gives another guide at every call".formatted(category.id()));
            });
        }
    }

    @Test
    void prompt_stages_do_the_same_with_the_same_draft() {
        Draft draft = Draft.of(Selection.NOTHING.plus("wind"), new Cast(List.of(), null), LiteralTexts.NONE);
        for (Extension extension : plugin().extensions()) {
            if (extension instanceof PromptStage stage) {
                assertEquals(
                        outcome(stage, draft),
                        outcome(stage, draft),
                        "Stage '%s' makes something else of the same draft; a stage keeps nothing between calls"
                                .formatted(stage.id()));
            }
        }
    }

    @Test
    void backends_answer_for_any_address_without_opening_it() {
        List<URI> addresses = List.of(
                URI.create("http://127.0.0.1:1"),
                URI.create("https://example.invalid/base"),
                URI.create("embedded:sketch"),
                URI.create("nothing:known"),
                URI.create("relative"));
        for (Extension extension : plugin().extensions()) {
            if (extension instanceof RenderBackend backend) {
                for (URI address : addresses) {
                    assertEquals(
                            backend.takes(address),
                            backend.takes(address),
                            "Backend '%s' answers differently for %s".formatted(backend.id(), address));
                }
            }
        }
    }

    @Test
    void service_loader_finds_it() {
        if (!isDiscoverable()) {
            return;
        }
        Class<? extends GazePlugin> type = plugin().getClass();
        String name = type.getName();
        assertTrue(Modifier.isPublic(type.getModifiers()), name + " is not public, so ServiceLoader cannot make it");
        boolean listed = ServiceLoader.load(GazePlugin.class, type.getClassLoader()).stream()
                .anyMatch(provider -> provider.type().equals(type));
        assertTrue(
                listed,
                name + " is not found by ServiceLoader: list it in META-INF/services/" + GazePlugin.class.getName()
                        + ", and in module-info with 'provides'. A plugin that is only handed over overrides isDiscoverable()");
    }

    private List<Category> categories() {
        return plugin().extensions().stream()
                .filter(Category.class::isInstance)
                .map(Category.class::cast)
                .toList();
    }

    private static List<String> blocks(List<Extension> extensions) {
        List<String> blocks = new ArrayList<>();
        for (Extension extension : extensions) {
            if (extension instanceof Block block) {
                blocks.add(block.id());
            } else if (extension instanceof Category category) {
                category.sections().stream()
                        .filter(section -> section.position() != null)
                        .forEach(section -> blocks.add(section.block()));
            }
        }
        return blocks;
    }

    private static Object outcome(PromptStage stage, Draft draft) {
        try {
            return stage.apply(draft);
        } catch (GazeException refused) {
            return refused.problems();
        }
    }

    /** Type, name and place of each, as far as they can be compared. */
    private static List<String> told(List<Extension> extensions) {
        return extensions.stream()
                .map(extension -> extension.getClass().getName() + " '" + extension.id() + "' " + position(extension)
                        + (extension instanceof Category || extension instanceof LoraSlot ? " " + extension : ""))
                .toList();
    }

    private static Position position(Extension extension) {
        if (extension instanceof Block block) {
            return block.position();
        }
        if (extension instanceof Category category) {
            return category.position();
        }
        if (extension instanceof LoraSlot slot) {
            return slot.position();
        }
        if (extension instanceof PromptStage stage) {
            return stage.position();
        }
        return extension instanceof WorkflowPatch patch ? patch.position() : Position.ANYWHERE;
    }

    private static void assertName(String what, String name) {
        assertNotNull(name, what + " is null; " + NAME_RULE);
        assertTrue(NAME.matcher(name).matches(), "%s '%s' is not accepted; %s".formatted(what, name, NAME_RULE));
    }

    private static void assertOnce(String label, List<String> names) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            assertTrue(seen.add(name), "The %s '%s' is declared twice; declare it once".formatted(label, name));
        }
    }

    private static void assertNoCircle(String label, Map<String, Position> wishes) {
        for (String start : wishes.keySet()) {
            Set<String> path = new HashSet<>();
            for (String at = start; at != null; at = neighbour(wishes.get(at))) {
                if (!path.add(at)) {
                    fail("The %s '%s' waits for itself: %s".formatted(label, at, wishes));
                }
            }
        }
    }

    private static String neighbour(Position position) {
        if (position instanceof Position.After after) {
            return after.neighbour();
        }
        return position instanceof Position.Before before ? before.neighbour() : null;
    }

    private static Map<String, Class<? extends Extension>> spaces() {
        Map<String, Class<? extends Extension>> spaces = new LinkedHashMap<>();
        spaces.put("category", Category.class);
        spaces.put("prompt block", Block.class);
        spaces.put("LoRA slot", LoraSlot.class);
        spaces.put("prompt stage", PromptStage.class);
        spaces.put("workflow patch", WorkflowPatch.class);
        spaces.put("workflow wirer", WorkflowWirer.class);
        spaces.put("backend", RenderBackend.class);
        spaces.put("tag source", TagSource.class);
        spaces.put("chat backend", ChatBackend.class);
        spaces.put("chat tool", ChatTool.class);
        spaces.put("tool source", ChatToolSource.class);
        spaces.put("preset provider", PresetProvider.class);
        spaces.put("author source", AuthorSource.class);
        return spaces;
    }
}
