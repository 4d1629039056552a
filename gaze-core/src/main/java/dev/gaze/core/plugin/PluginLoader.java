package dev.gaze.core.plugin;

import dev.gaze.api.asset.Block;
import dev.gaze.api.asset.Category;
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
import dev.gaze.api.problem.Problem;
import dev.gaze.api.prompt.PromptStage;
import dev.gaze.api.tag.TagSource;
import dev.gaze.api.workflow.WorkflowPatch;
import dev.gaze.api.workflow.WorkflowWirer;
import dev.gaze.api.writer.PromptTarget;
import dev.gaze.core.builtin.BuiltinPlugin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds plugins, reads what they declare, and puts it in order. Nothing is used until all of it agrees: everything that
 * is wrong is thrown together.
 *
 * <p>The result depends on what is installed, never on the order in which it was found.
 */
public final class PluginLoader {
    private static final Plugin CORE = new Plugin("gaze.core", Origin.of(PluginLoader.class));

    private final Declarations declarations;
    private final Conflicts conflicts = new Conflicts();

    private PluginLoader(Declarations declarations) {
        this.declarations = declarations;
    }

    /**
     * Loads all plugins: GAZE's built-in one, those handed over, and those found by the context class loader and by
     * GAZE's own. A class that is seen twice counts once; one that was handed over is not looked for.
     *
     * @param given plugins handed over
     * @param without ids or class names of plugins to leave out, {@code gaze.builtin} included; a class named here is
     *     not even loaded. Names of plugins that are not there do no harm
     * @param discover whether plugins of others are looked for. GAZE's own modules are found in any case: without
     *     gaze-comfy there would be nobody to talk to a server
     * @return everything declared, in order
     * @throws GazeException {@code INVALID}, with every problem of every plugin
     */
    public static Installed load(List<GazePlugin> given, Set<String> without, boolean discover) {
        List<ClassLoader> loaders = new ArrayList<>();
        loaders.add(Thread.currentThread().getContextClassLoader());
        loaders.add(PluginLoader.class.getClassLoader());
        return load(given, without, discover, loaders);
    }

    /** As {@link #load(List, Set, boolean)}, with the class loaders to look through. */
    static Installed load(List<GazePlugin> given, Set<String> without, boolean discover, List<ClassLoader> loaders) {
        List<GazePlugin> plugins = new ArrayList<>();
        plugins.add(new BuiltinPlugin());
        plugins.addAll(given);
        Discovery discovery = new Discovery(
                without,
                !discover,
                plugins.stream().map(plugin -> plugin.getClass().getName()).collect(Collectors.toSet()));
        loaders.forEach(discovery::look);
        Declarations declarations = new Declarations(without);
        declarations.read(plugins, plugin -> true);
        declarations.read(discovery.found(), discover ? plugin -> true : Plugin::own);
        List<Problem> problems = new ArrayList<>(discovery.problems());
        problems.addAll(declarations.notLeftOut(discovery.leftOut()));
        return new PluginLoader(declarations).installed(problems);
    }

    private Installed installed(List<Problem> discovered) {
        List<Declared<Category>> declared = conflicts.unique(Space.CATEGORY, declarations.of(Category.class));
        List<Declared<Block>> blocks =
                conflicts.arranged(Space.BLOCK, conflicts.unique(Space.BLOCK, withOurs(blocks(declared))));
        List<Declared<Category>> categories =
                conflicts.arranged(Space.CATEGORY, CategoryPlaces.wishes(declared, blocks));
        new CategoryRules(declared, names(blocks), conflicts).check();
        List<Declared<LoraSlot>> slots = slots(categories);
        List<Declared<PromptStage>> stages = stages();
        List<Declared<WorkflowPatch>> patches =
                conflicts.arranged(Space.PATCH, conflicts.unique(Space.PATCH, declarations.of(WorkflowPatch.class)));
        List<Declared<RenderBackend>> backends = othersFirst(Space.BACKEND, RenderBackend.class);
        List<Declared<TagSource>> tagSources = othersFirst(Space.TAGS, TagSource.class);
        List<Declared<AuthorSource>> authorSources = othersFirst(Space.AUTHORS, AuthorSource.class);
        List<Declared<ChatBackend>> chatBackends = othersFirst(Space.CHAT, ChatBackend.class);
        List<Declared<ChatTool>> chatTools = conflicts.unique(Space.TOOL, declarations.of(ChatTool.class));
        List<Declared<PresetProvider>> presets = conflicts.unique(Space.PRESETS, declarations.of(PresetProvider.class));
        List<Declared<PromptTarget>> targets = conflicts.unique(Space.TARGETS, declarations.of(PromptTarget.class));
        List<Declared<ChatToolSource>> toolSources =
                conflicts.unique(Space.TOOLS, declarations.of(ChatToolSource.class));
        List<Declared<WorkflowWirer>> wirers = wirers();

        List<Problem> problems = Stream.of(discovered, declarations.problems(), conflicts.problems())
                .flatMap(List::stream)
                .toList();
        if (!problems.isEmpty()) {
            String headline = "%d problem%s with the installed plugins; nothing was loaded."
                    .formatted(problems.size(), problems.size() == 1 ? "" : "s");
            throw new GazeException(GazeException.Kind.INVALID, headline, problems);
        }
        return new Installed(
                values(categories),
                values(blocks),
                values(slots),
                values(stages),
                values(patches),
                values(backends),
                values(tagSources),
                values(authorSources),
                values(chatBackends),
                values(chatTools),
                values(toolSources),
                values(presets),
                values(targets),
                values(wirers).stream().findFirst());
    }

    /** Blocks stand as extensions of their own, or come with a section that asks for a place. */
    private List<Declared<Block>> blocks(List<Declared<Category>> categories) {
        List<Declared<Block>> blocks = new ArrayList<>();
        for (Declared<Extension> declared : declarations.of(Extension.class)) {
            if (declared.extension() instanceof Block block) {
                blocks.add(new Declared<>(block.id(), block.position(), block, declared.by()));
            } else if (declared.extension() instanceof Category category && isUsed(declared, categories)) {
                for (Section section : category.sections()) {
                    Position position = section.position();
                    if (position != null) {
                        Block block = new Block(section.block(), position);
                        blocks.add(new Declared<>(block.id(), position, block, declared.by()));
                    }
                }
            }
        }
        blocks.stream()
                .filter(block -> block.id().equals(Block.NEGATIVE))
                .forEach(
                        block -> conflicts.add(
                                "Prompt block '%s' is GAZE's name for the negative text".formatted(block.id()),
                                block.by(),
                                "give the block another name; fields are written into the negative with Field.in(Block.NEGATIVE)"));
        return blocks;
    }

    /** Of a category that is declared twice only the first one's blocks count: the rest would only repeat the problem. */
    private static boolean isUsed(Declared<Extension> declared, List<Declared<Category>> categories) {
        return categories.stream().anyMatch(category -> category.extension() == declared.extension());
    }

    /** The head and the triggers are written by GAZE itself, so they exist even without the built-in plugin. */
    private static List<Declared<Block>> withOurs(List<Declared<Block>> blocks) {
        List<String> names = names(blocks);
        return Stream.concat(
                        Stream.of(Block.HEAD, Block.TRIGGERS)
                                .filter(name -> !names.contains(name))
                                .map(name -> new Declared<>(name, Position.ANYWHERE, Block.named(name), CORE)),
                        blocks.stream())
                .toList();
    }

    private List<Declared<LoraSlot>> slots(List<Declared<Category>> categories) {
        List<String> names = names(categories);
        List<Declared<LoraSlot>> slots = conflicts.unique(Space.SLOT, declarations.of(LoraSlot.class));
        for (Declared<LoraSlot> slot : slots) {
            for (String category : slot.extension().categories()) {
                if (!names.contains(category)) {
                    conflicts.add(
                            "LoRA slot '%s' is filled by category '%s', which nobody declares"
                                    .formatted(slot.id(), category),
                            slot.by(),
                            Conflicts.meant(category, names, Space.CATEGORY.plural()));
                }
            }
        }
        return conflicts.arranged(Space.SLOT, slots);
    }

    private List<Declared<PromptStage>> stages() {
        List<Declared<PromptStage>> declared = declarations.of(PromptStage.class);
        conflicts.arranged(Space.STAGE, conflicts.unique(Space.STAGE, Stages.amongOwn(declared, CORE)));
        for (Declared<PromptStage> stage : declared) {
            if (Stages.tooLate(stage.position())) {
                conflicts.add(
                        "Prompt stage '%s' wants to stand %s '%s', but the deny list and cross-dedup always come last"
                                .formatted(
                                        stage.id(),
                                        Conflicts.side(stage.position()),
                                        stage.item().neighbour().orElseThrow()),
                        stage.by(),
                        "ask for a place in front: Position.before(\"deny-list\")");
            }
        }
        return declared.stream().sorted(Comparator.comparing(Declared::id)).toList();
    }

    /** Others are asked before GAZE's own, which knows every address and has a list of tags for everybody. */
    private <E extends Extension> List<Declared<E>> othersFirst(Space space, Class<E> type) {
        return conflicts.unique(space, declarations.of(type)).stream()
                .sorted(Comparator.comparing(declared -> declared.by().own()))
                .toList();
    }

    private List<Declared<WorkflowWirer>> wirers() {
        List<Declared<WorkflowWirer>> wirers = declarations.of(WorkflowWirer.class);
        if (wirers.size() > 1) {
            conflicts.add(
                    "There are %d workflow wirers, %s; GAZE works with one"
                            .formatted(
                                    wirers.size(),
                                    Conflicts.and(wirers.stream()
                                            .map(wirer -> "'" + wirer.id() + "'")
                                            .toList())),
                    Conflicts.and(wirers.stream()
                            .map(wirer -> wirer.by().toString())
                            .distinct()
                            .toList()),
                    Failure.leaveOut(wirers.get(wirers.size() - 1).by().id()).replace("leave it", "leave one"));
        }
        return wirers;
    }

    private static List<String> names(List<? extends Declared<?>> declared) {
        return declared.stream().map(Declared::id).toList();
    }

    private static <E extends Extension> List<E> values(List<Declared<E>> declared) {
        return declared.stream().map(Declared::extension).toList();
    }
}
